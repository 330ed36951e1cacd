using System.IO.Pipelines;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Security;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>
/// Stands before the endpoints of decisions, which run without the pipeline that other addresses have (docs/decisions/0050): who may
/// call, whether there can be an answer, and what becomes of an exception.
/// </summary>
internal sealed class QuotaGate(ApiKeyRing keys, LimitBook book, ILogger<QuotaGate> logger)
{
    /// <summary>The most bytes of a body.</summary>
    public const int MaxBodyLength = 1024 * 1024;

    /// <summary>Lets a request through to its handler.</summary>
    public RequestDelegate Guard(Func<HttpContext, Task> handle) => context =>
    {
        if (!keys.IsOpen && (ApiKeyRing.Presented(context.Request) is not { } presented || keys.FindName(presented) is null))
            return RefuseAsync(context);
        if (!book.IsReady)
        {
            QuotaReply.SendProblem(context.Response, 503, "starting", "The limits are being read; nothing can be answered yet. Try again.");
            return Task.CompletedTask;
        }

        var task = handle(context);
        return task.IsCompletedSuccessfully ? task : WatchAsync(context, task);
    };

    /// <summary>
    /// Reads the whole body; null after a reply that says what is wrong with it. What is read is to be given back by
    /// <c>BodyReader.AdvanceTo</c>.
    /// </summary>
    public static async ValueTask<ReadResult?> ReadBodyAsync(HttpContext context)
    {
        var request = context.Request;
        // A page of another site can make a browser send a form or plain text to this machine, but not JSON.
        if (request.ContentType is not { } type || !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            QuotaReply.SendProblem(context.Response, 415, "not_json", "Send the body as JSON, with 'Content-Type: application/json'.");
            return null;
        }

        while (true)
        {
            var result = await request.BodyReader.ReadAsync();
            if (result.Buffer.Length > MaxBodyLength)
            {
                request.BodyReader.AdvanceTo(result.Buffer.End);
                QuotaReply.SendProblem(context.Response, 413, "too_large", $"The body is longer than {MaxBodyLength} bytes: send several requests.");
                return null;
            }

            if (result.IsCompleted)
                return result;
            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        QuotaReply.SendProblem(context.Response, 401, "unauthorized", ApiKeyAuthenticationHandler.Challenge(context.Request));
        return Task.CompletedTask;
    }

    private async Task WatchAsync(HttpContext context, Task task)
    {
        try
        {
            await task;
        }
        catch (BadHttpRequestException exception)
        {
            QuotaReply.SendProblem(context.Response, exception.StatusCode, "invalid", exception.Message);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            logger.NotAnswered(context.Request.Path, exception);
            QuotaReply.SendProblem(context.Response, 500, "internal_error", "A defect of the Collector; its log says more.");
        }
    }
}
