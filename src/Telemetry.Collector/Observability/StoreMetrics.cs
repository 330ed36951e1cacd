using System.Data.Common;
using System.Diagnostics.Metrics;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Observability;

/// <summary>
/// Gauges of what the store holds. Counted on a timer of their own, so that a scrape costs the store nothing; a store that
/// does not answer leaves a gap, not an old number.
/// </summary>
internal sealed class StoreMetrics : BackgroundService
{
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(5);

    // However many rows there are, counting them is at most a twentieth of what a store does.
    private const int LeastPause = 20;

    private readonly IRunStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreMetrics> _logger;

    // Written by the timer, read by whichever thread collects.
    private volatile StoreCounts? _counts;

    public StoreMetrics(IRunStore store, IMeterFactory meters, TimeProvider time, ILogger<StoreMetrics> logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
        var meter = meters.Create(CollectorMeter.Name);
        meter.CreateObservableGauge("telemetry.collector.runs", ObserveRuns, "{run}", "Runs in the store, by state.");
        meter.CreateObservableGauge("telemetry.collector.dead_letters", ObserveDeadLetters, "{record}", "Dead letters in the store.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var began = _time.GetTimestamp();
            try
            {
                _counts = await _store.CountAsync(stoppingToken);
            }
            catch (DbException exception)
            {
                _counts = null;
                Log.StoreNotCounted(_logger, exception);
            }

            var pause = _time.GetElapsedTime(began) * LeastPause;
            await Task.Delay(pause > RefreshInterval ? pause : RefreshInterval, _time, stoppingToken);
        }
    }

    private IEnumerable<Measurement<long>> ObserveRuns()
    {
        foreach (var (state, count) in _counts?.Runs ?? new Dictionary<RunState, long>())
            yield return new Measurement<long>(count, new KeyValuePair<string, object?>("state", RunStateNames.Of(state)));
    }

    private IEnumerable<Measurement<long>> ObserveDeadLetters()
    {
        if (_counts is { } counts)
            yield return new Measurement<long>(counts.DeadLetters);
    }
}
