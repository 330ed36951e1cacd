using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Security;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>What the addresses of limits have in common.</summary>
internal static class LimitRequests
{
    /// <summary>The caller, as the history names it.</summary>
    public static string WhoOf(HttpContext context) => context.User.Identity?.Name ?? ApiKeyRing.Anonymous;

    /// <summary>The body, or a sentence on what is wrong with it.</summary>
    public static async ValueTask<(T? Body, string? Problem)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.HasJsonContentType())
            return (null, "Send the body as JSON, with 'Content-Type: application/json'.");
        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted);
            return body is null ? (null, "The body is null.") : (body, null);
        }
        catch (JsonException exception)
        {
            return (null, $"The body is wrong at {exception.Path ?? "$"}: {LimitBody.Detail(exception)}.");
        }
    }

    /// <summary>A segment of the path as the caller wrote it, where it is one that a name may be.</summary>
    public static bool TryReadName(HttpContext context, int index, out string name) =>
        RawPath.TryRead(context, index, out name) && LimitNames.IsId(name);

    public static LimitWrite Write(this HttpContext context, LimitSubject subject, Func<JsonElement?, JsonElement?> change) => new(
        subject, WhoOf(context), change,
        context.Request.Headers.IfMatch is [{ } tags, ..] ? tags : null,
        context.Request.Headers.IfNoneMatch == "*");

    public static IResult Invalid(string problem) => TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);

    public static IResult NotFound(string problem) => TypedResults.Problem(problem, statusCode: StatusCodes.Status404NotFound);

    /// <summary>The reply to a write that was not done.</summary>
    public static IResult Refused(HttpContext context, LimitWriteResult result)
    {
        var status = result.Status switch
        {
            LimitWriteStatus.NotFound => StatusCodes.Status404NotFound,
            LimitWriteStatus.Changed => StatusCodes.Status412PreconditionFailed,
            LimitWriteStatus.InFile or LimitWriteStatus.Refused => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status503ServiceUnavailable,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(result.Reason, statusCode: status);
    }
}
