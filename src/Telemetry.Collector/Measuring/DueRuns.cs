using Microsoft.Extensions.Options;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Measuring;

/// <summary>The batches that are to be measured next, and when the store is asked for more. For one caller at a time.</summary>
/// <remarks>
/// Asking whenever a slot is free would find what became due in the milliseconds since: runs one by one, each with queries and a write of
/// its own. What comes up in an interval is measured together; so the more there is to do, the less each run costs.
/// </remarks>
/// <param name="store">Says what is due.</param>
/// <param name="reach">How far beyond its ends a run's samples are read.</param>
/// <param name="measuringOptions">The interval.</param>
/// <param name="prometheusOptions">How long a time one query may cover.</param>
/// <param name="time">The clock.</param>
internal sealed class DueRuns(
    IRunStore store, TimeSpan reach, IOptions<MeasuringOptions> measuringOptions, IOptions<PrometheusOptions> prometheusOptions, TimeProvider time)
{
    /// <summary>What is known of a run is about 1 kB. The more are taken at once, the more of a node are there to share queries and writes.</summary>
    public const int MostAtOnce = 16 * RunBatch.MostRuns;

    private readonly TimeSpan _interval = measuringOptions.Value.PollInterval;
    private readonly TimeSpan _span = prometheusOptions.Value.ScrapeInterval * PrometheusReader.ScrapesPerQuery;
    private readonly Queue<RunBatch> _batches = [];
    private long? _lookedAt;
    private bool _moreAreDue;

    /// <summary>Runs that wait.</summary>
    public int Count => _batches.Sum(batch => batch.Runs.Count);

    /// <summary>How long until the store is worth asking; zero where that was never done, or there was more than could be taken.</summary>
    public TimeSpan UntilNextLook
    {
        get
        {
            if (_moreAreDue || _lookedAt is not { } last)
                return TimeSpan.Zero;
            var left = _interval - time.GetElapsedTime(last);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Asks the store where nothing waits and the time has come.</summary>
    /// <param name="underWay">The ids of runs that are being measured: they are due until that is written.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="System.Data.Common.DbException">The store failed; it is asked again an interval later.</exception>
    public async Task LookAsync(IEnumerable<string> underWay, CancellationToken cancellationToken)
    {
        if (_batches.Count > 0 || UntilNextLook > TimeSpan.Zero)
            return;
        (_lookedAt, _moreAreDue) = (time.GetTimestamp(), false);
        // Runs under way may fill the answer.
        var ids = underWay.ToHashSet(StringComparer.Ordinal);
        var most = ids.Count + MostAtOnce;
        var due = await store.FindDueAsync(time.GetUtcNow(), most, cancellationToken);
        _moreAreDue = due.Count == most;
        foreach (var batch in RunBatch.Of(due.Where(run => !ids.Contains(run.Id)), reach, _span))
            _batches.Enqueue(batch);
    }

    /// <summary>The next batch, or null.</summary>
    public RunBatch? Take() => _batches.TryDequeue(out var batch) ? batch : null;
}
