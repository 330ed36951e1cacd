using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Sends one request through the resilience pipeline and reads the whole reply into the exchange. Never throws. Safe for use from any
/// thread, with an exchange for each request.
/// </summary>
internal sealed class ProxyClient(
    HttpClient http,
    ResiliencePipeline<HttpResponseMessage> pipeline,
    ProxyCredentials credentials,
    RestProxyTransportOptions options,
    RetryAfterGate gate,
    RestProxyMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    // A reply has some 100 bytes a record, 300 in v3's form; a proxy that writes on and on must not fill the memory.
    private const int MaxReplyBytesPerRecord = 4096;
    private const int ReadSize = 16 * 1024;

    private readonly int _maxReplyBytes = Math.Max(1 << 20, options.MaxBatchRecords * MaxReplyBytesPerRecord);

    public async ValueTask<ProxyReply> SendAsync(ProxyRequest request, Exchange exchange, CancellationToken cancellationToken)
    {
        exchange.BeginRequest();
        try
        {
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new ProxyReply(ProxyReplyKind.CancelledUnsent);
        }

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(
                static (context, call) => call.Client.AttemptAsync(context, call.Request, call.Exchange),
                context,
                (Client: this, Request: request, Exchange: exchange)).ConfigureAwait(false);
            using (outcome.Result)
                return Conclude(outcome, exchange, cancellationToken);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<HttpResponseMessage>> AttemptAsync(
        ResilienceContext context, ProxyRequest request, Exchange exchange)
    {
        if (exchange.BeginAttempt() > 1)
            metrics.CountRetry();
        var start = time.GetTimestamp();
        HttpResponseMessage? response = null;
        try
        {
            var message = await CreateMessageAsync(request, exchange, context.CancellationToken).ConfigureAwait(false);
            exchange.IsSent = true;
            // The connection that this flow writes to announces itself to the exchange.
            ProxyConnection.Sender.Value = exchange;
            response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, context.CancellationToken).ConfigureAwait(false);
            exchange.Status = (int)response.StatusCode;
            await ReadBodyAsync(response, exchange.Reply, context.CancellationToken).ConfigureAwait(false);
            if (gate.CloseFor(response) is { } pause)
                logger.Throttled(exchange.Status, pause);
            metrics.RecordRequest(time.GetElapsedTime(start), exchange.Status, null);
            return Outcome.FromResult(response);
        }
#pragma warning disable CA1031 // Whatever it is, it becomes an outcome of the events; nothing may reach the publisher.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // With a body half read this closes the connection.
            response?.Dispose();
            metrics.RecordRequest(time.GetElapsedTime(start), exchange.Status, exception.GetType().Name);
            return Outcome.FromException<HttpResponseMessage>(exception);
        }
        finally
        {
            ProxyConnection.Sender.Value = null;
        }
    }

    private async ValueTask<HttpRequestMessage> CreateMessageAsync(
        ProxyRequest request, Exchange exchange, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri)
        {
            Version = options.HttpVersion,
            VersionPolicy = options.HttpVersion == HttpVersion.Version20 && request.Uri.Scheme == Uri.UriSchemeHttp
                ? HttpVersionPolicy.RequestVersionExact
                : HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Method == HttpMethod.Post ? exchange.Content : null,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.Authorization = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        return message;
    }

    private async ValueTask ReadBodyAsync(HttpResponseMessage response, PooledBuffer reply, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var read = await stream.ReadAsync(reply.GetMemory(ReadSize), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return;
            reply.Advance(read);
            if (reply.Length > _maxReplyBytes)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"The reply is longer than {_maxReplyBytes} bytes."));
            }
        }
    }

    private ProxyReply Conclude(Outcome<HttpResponseMessage> outcome, Exchange exchange, CancellationToken cancellationToken)
    {
        var exception = outcome.Exception;
        if (exception is null)
            return new ProxyReply(ProxyReplyKind.Received, exchange.Status);
        if (exception is TokenUnavailableException)
            logger.TokenUnavailable(exception.InnerException!);
        else if (logger.IsEnabled(LogLevel.Debug))
            logger.RequestFailed(exception.GetType().Name, exception.Message);
        return exception switch
        {
            // What this request did before the circuit opened is of an earlier attempt, which only failed to connect.
            BrokenCircuitException => new ProxyReply(ProxyReplyKind.CircuitOpen),
            TokenUnavailableException => new ProxyReply(ProxyReplyKind.TokenUnavailable),
            _ when exchange.Status > 0 => new ProxyReply(ProxyReplyKind.BodyLost, exchange.Status),
            _ when !exchange.IsSent && cancellationToken.IsCancellationRequested => new ProxyReply(ProxyReplyKind.CancelledUnsent),
            _ when cancellationToken.IsCancellationRequested => new ProxyReply(ProxyReplyKind.Cancelled),
            _ when !exchange.IsSent => new ProxyReply(ProxyReplyKind.Rejected),
            TimeoutRejectedException => new ProxyReply(ProxyReplyKind.TimedOut),
            _ when ConnectFailure.Is(exception) => new ProxyReply(ProxyReplyKind.Unreachable),
            _ => new ProxyReply(ProxyReplyKind.ConnectionLost),
        };
    }
}
