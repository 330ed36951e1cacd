using Telemetry.Collector.Runs;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>What Prometheus had to say about one run.</summary>
/// <param name="Metrics">The figures of the metrics that are measured in full, in one row each. Empty where there is no data.
/// </param>
/// <param name="NoDataReason">Null where there is data; else a sentence: what was looked for and not found.</param>
public sealed record Measurement(IReadOnlyList<MetricSummary> Metrics, string? NoDataReason)
{
    /// <summary>Every figure with its bounds and state, those without a value too.</summary>
    public IReadOnlyList<MeasuredValue> Values { get; init; } = [];

    /// <summary>What the measurement is for. Default final.</summary>
    public MeasurementStage Stage { get; init; } = MeasurementStage.Final;

    /// <summary>When it was made; UTC.</summary>
    public DateTimeOffset MeasuredAt { get; init; }

    /// <summary>The time it is about. A store drops it where an event has moved the run's ends since. Null is not checked.</summary>
    public TimeWindow? Window { get; init; }

    /// <summary>Of an orphaned run: what the window's finish is the last sample of, <c>pod</c> or <c>node</c>.</summary>
    public string? Evidence { get; init; }

    /// <summary>Of an orphaned run: in words, what it was closed by.</summary>
    public string? Remark { get; init; }

    /// <summary>How it was made: the queries, and what was taken from them. Null where nothing was asked.</summary>
    public MeasurementExplanation? Explanation { get; init; }

    public static Measurement NoData(string reason) => new([], reason);
}
