using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Telemetry.Quota.Client;

/// <summary>
/// The pipeline around every request, unless the service registers its own of the same name: a time-out for the whole, retries of what
/// brought no answer, a time-out for each try.
/// </summary>
internal static class QuotaResilience
{
    /// <summary>Whether a request may be sent twice; it may where nothing says no.</summary>
    public static readonly ResiliencePropertyKey<bool> Repeatable = new("telemetry-quota.repeatable");

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> builder, TelemetryQuotaOptions options, TimeProvider time, ILogger logger)
    {
        builder.TimeProvider = time;
        builder.AddTimeout(new TimeoutStrategyOptions { Timeout = options.TotalTimeout });
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = LongestPause,
                ShouldHandle = static arguments => ValueTask.FromResult(
                    arguments.Context.Properties.GetValue(Repeatable, true)
                    && !arguments.Context.CancellationToken.IsCancellationRequested
                    && IsNoAnswer(arguments.Outcome)),
                OnRetry = arguments =>
                {
                    logger.Retrying(arguments.AttemptNumber + 1, Describe(arguments.Outcome));
                    arguments.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            });
        }

        builder.AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout });
    }

    public static string Describe(in Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: TimeoutRejectedException } => "no reply within the time-out",
        { Exception: { } exception } => exception.Message,
        { Result: { } response } => $"status {(int)response.StatusCode}",
        _ => "unknown",
    };

    // The owner of a user changes within seconds (421), and so does a store that is down (503).
    private static bool IsNoAnswer(in Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result: { } response } => response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or HttpStatusCode.MisdirectedRequest || (int)response.StatusCode >= 500,
        _ => false,
    };
}
