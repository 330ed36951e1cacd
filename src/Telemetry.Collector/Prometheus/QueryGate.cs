using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.Prometheus;

/// <summary>
/// Lets only so many queries be under way at once, and only so many begin in a second; the others wait in order. May be used
/// from any thread.
/// </summary>
public sealed class QueryGate : IDisposable
{
    private static readonly TimeSpan RefillPeriod = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrencyLimiter _concurrency;
    private readonly TokenBucketRateLimiter _rate;

    public QueryGate(IOptions<PrometheusOptions> options, IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(meters);
        _concurrency = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.Value.MaxConcurrentQueries,
            // The measurer's slots bound the queue: each has one query under way.
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        var perPeriod = Math.Max(1, (int)(options.Value.MaxQueriesPerSecond * RefillPeriod.TotalSeconds));
        _rate = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(perPeriod, options.Value.MaxConcurrentQueries),
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = TimeSpan.FromSeconds(perPeriod / (double)options.Value.MaxQueriesPerSecond),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        meters.Create(CollectorMeter.Name).CreateObservableGauge(
            "telemetry.collector.prometheus.queue", () => Waiting, "{query}", "Queries that wait to be sent.");
    }

    /// <summary>Queries that wait.</summary>
    public long Waiting =>
        (_concurrency.GetStatistics()?.CurrentQueuedCount ?? 0) + (_rate.GetStatistics()?.CurrentQueuedCount ?? 0);

    /// <summary>Waits for a place; it is given back by disposal.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var place = await _concurrency.AcquireAsync(1, cancellationToken);
        try
        {
            (await _rate.AcquireAsync(1, cancellationToken)).Dispose();
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _concurrency.Dispose();
        _rate.Dispose();
    }
}
