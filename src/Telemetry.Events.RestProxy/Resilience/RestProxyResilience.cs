using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// The pipeline around every request, unless the service registers its own of the same name: short retries of connections that were
/// not made, a circuit breaker, a time-out for each attempt.
/// </summary>
/// <remarks>
/// The publisher sends again whatever is not settled, without end and with growing pauses. This retry is for a proxy that is being
/// restarted: nothing was sent, so that nothing can be stored twice, and the batch need not go back for a pause of a fraction of a
/// second. A request that may have been received is never repeated here.
/// </remarks>
internal static class RestProxyResilience
{
    public static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(5);

    private const int ConnectRetries = 2;
    private const int MinimumThroughput = 5;
    private static readonly TimeSpan ConnectRetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SamplingDuration = TimeSpan.FromSeconds(30);

    public static void Configure(
        ResiliencePipelineBuilder<HttpResponseMessage> builder,
        RestProxyTransportOptions options,
        CircuitBreakerStateProvider circuit,
        TimeProvider time,
        ILogger logger)
    {
        builder.TimeProvider = time;
        builder
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = ConnectRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = ConnectRetryDelay,
                ShouldHandle = static arguments => ValueTask.FromResult(
                    ConnectFailure.Is(arguments.Outcome.Exception) && !arguments.Context.CancellationToken.IsCancellationRequested),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = 0.5,
                MinimumThroughput = MinimumThroughput,
                SamplingDuration = SamplingDuration,
                BreakDuration = BreakDuration,
                StateProvider = circuit,
                ShouldHandle = static arguments => ValueTask.FromResult(IsOutage(arguments.Outcome)),
                OnOpened = arguments =>
                {
                    logger.CircuitOpened(arguments.BreakDuration, Describe(arguments.Outcome));
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    logger.CircuitClosed();
                    return ValueTask.CompletedTask;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.RequestTimeout });
    }

    // A proxy that answers works, even if it says no; and one that asks for a pause gets that (RetryAfterGate).
    private static bool IsOutage(in Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: OperationCanceledException cancelled } => ConnectFailure.Is(cancelled),
        { Exception: TokenUnavailableException or InvalidDataException } => false,
        { Exception: not null } => true,
        { Result: { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null } } => false,
        { Result: { } response } => (int)response.StatusCode >= 500,
        _ => false,
    };

    private static string Describe(in Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: TimeoutRejectedException } => "no reply within the time-out",
        { Exception: { } exception } => exception.Message,
        { Result: { } response } => $"status {(int)response.StatusCode}",
        _ => "unknown",
    };
}
