using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;

namespace Telemetry.Quota.Client;

/// <summary>Sends requests through the pipeline, and reads what comes back. Never throws for what goes wrong on the way.</summary>
internal sealed class QuotaTransport(
    HttpClient client, ResiliencePipeline<HttpResponseMessage> pipeline, QuotaMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    public ValueTask<QuotaExchange> GetAsync(string operation, string path, CancellationToken cancellationToken) =>
        SendAsync(operation, HttpMethod.Get, path, null, isRepeatable: true, cancellationToken);

    public ValueTask<QuotaExchange> PostAsync<T>(
        string operation, string path, T body, JsonTypeInfo<T> type, bool isRepeatable, CancellationToken cancellationToken) =>
        SendAsync(operation, HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, type), isRepeatable, cancellationToken);

    public ValueTask<QuotaExchange> PostAsync(string operation, string path, CancellationToken cancellationToken) =>
        SendAsync(operation, HttpMethod.Post, path, null, isRepeatable: true, cancellationToken);

    private async ValueTask<QuotaExchange> SendAsync(
        string operation, HttpMethod method, string path, byte[]? body, bool isRepeatable, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var exchange = await SendAsync(method, path, body, isRepeatable, cancellationToken).ConfigureAwait(false);
        metrics.Record(operation, time.GetElapsedTime(started), (int)exchange.Status);
        if (exchange.Failure is { } failure)
            logger.Unavailable(operation, failure);
        return exchange;
    }

    private async ValueTask<QuotaExchange> SendAsync(HttpMethod method, string path, byte[]? body, bool isRepeatable, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(QuotaResilience.Repeatable, isRepeatable);
            var outcome = await pipeline.ExecuteOutcomeAsync(
                static async (context, state) =>
                {
                    // A request of its own for each try: one that was sent cannot be sent again.
                    using var request = new HttpRequestMessage(state.method, state.path);
                    if (state.body is not null)
                        request.Content = new ByteArrayContent(state.body) { Headers = { ContentType = JsonType } };
                    try
                    {
                        return Outcome.FromResult(await state.client.SendAsync(request, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext));
                    }
                    catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
                    {
                        return Outcome.FromException<HttpResponseMessage>(exception);
                    }
                },
                context,
                (client, method, path, body)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            using var response = outcome.Result;
            return response is null
                ? new QuotaExchange(default, null, $"The Quota Service does not answer: {QuotaResilience.Describe(outcome)}.")
                : await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<QuotaExchange> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        QuotaReply? reply = null;
        try
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            reply = bytes.Length == 0 ? null : JsonSerializer.Deserialize(bytes, QuotaJsonContext.Default.QuotaReply);
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException)
        {
            // A proxy's page, perhaps: its status says enough.
        }

        var failure = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                $"The Quota Service does not take the API key ({TelemetryQuotaOptions.SectionName}:ApiKey): {(int)response.StatusCode}.",
            HttpStatusCode.OK or HttpStatusCode.Created when reply is null => "The Quota Service's reply is none of its own.",
            HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict => null,
            var status => $"The Quota Service has no answer ({(int)status}{(reply?.Reason is { } reason ? $" {reason}" : "")}): {reply?.Detail ?? "no detail"}",
        };
        return new QuotaExchange(response.StatusCode, reply, failure);
    }
}
