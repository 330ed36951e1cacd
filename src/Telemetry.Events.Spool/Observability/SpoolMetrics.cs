using System.Diagnostics.Metrics;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spool.Log;

namespace Telemetry.Events.Spool;

/// <summary>The meter <c>Telemetry.Events.Spool</c>.</summary>
internal sealed class SpoolMetrics : IDisposable
{
    public const string MeterName = "Telemetry.Events.Spool";

    private readonly EventSpool _spool;
    private readonly TimeProvider _time;
    private readonly Meter _meter;

    /// <param name="spool">What is observed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Makes the meter, and then owns it; null for a meter of our own.</param>
    public SpoolMetrics(EventSpool spool, TimeProvider time, IMeterFactory? meters)
    {
        (_spool, _time) = (spool, time);
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        Commits = _meter.CreateCounter<long>("telemetry.events.spool.commits", "{commit}", "Group commits, by how they ended.");
        CommitDuration = _meter.CreateHistogram<double>(
            "telemetry.events.spool.commit.duration", "s", "From the first byte written to the file system's word that all is on disk.");
        CommitEvents = _meter.CreateHistogram<long>("telemetry.events.spool.commit.events", "{event}", "Events that shared one commit.");
        Refused = _meter.CreateCounter<long>("telemetry.events.spool.refused", "{event}", "Events that a log did not take or gave up, by reason.");
        Corrupt = _meter.CreateCounter<long>("telemetry.events.spool.corrupt", "{event}", "Events lost to damage, and passed over.");
        _meter.CreateObservableGauge("telemetry.events.spool.segments", () => Each(log => (long)log.Segments), "{segment}", "Files.");
        _meter.CreateObservableGauge("telemetry.events.spool.size", () => Each(log => log.Usage.Bytes), "By", "Bytes on disk.");
        _meter.CreateObservableGauge("telemetry.events.spool.events", () => Each(log => log.Usage.Events), "{event}", "Events that are not settled.");
        _meter.CreateObservableGauge("telemetry.events.spool.oldest.age", () => Each(AgeOf), "s", "Age of the oldest event that is not settled; 0 for none.");
    }

    public Counter<long> Commits { get; }

    public Histogram<double> CommitDuration { get; }

    public Histogram<long> CommitEvents { get; }

    public Counter<long> Refused { get; }

    public Counter<long> Corrupt { get; }

    public void Dispose() => _meter.Dispose();

    private double AgeOf(ReadableLog log) =>
        log.Usage.OldestTime is { } oldest ? Math.Max(0, (_time.GetUtcNow().UtcDateTime - oldest).TotalSeconds) : 0;

    // What earlier processes left may be several logs of one lane, whose numbers would overwrite each other: each has its own origin.
    private IEnumerable<Measurement<T>> Each<T>(Func<ReadableLog, T> value)
        where T : struct =>
        [
            .. _spool.Logs.Select(log => Measure(log, value(log), "own")),
            .. _spool.LeftLogs.Select(log => Measure(log, value(log), log.Instance)),
        ];

    private static Measurement<T> Measure<T>(ReadableLog log, T value, string origin)
        where T : struct =>
        new(value, LogMetrics.Class(log.Delivery), LogMetrics.Transport(log.Transport), new("origin", origin));
}
