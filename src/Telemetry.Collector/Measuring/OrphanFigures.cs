using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Measuring;

/// <summary>What is known of a run that told no end. Pure.</summary>
internal static class OrphanFigures
{
    public static Measurement NoFinish(TimeSpan limit) => Orphaned(Measurement.NoData(
        $"No finish event came within {limit:c}, and Prometheus has no sample of the run's pod or node since its start."));

    public static Measurement NoStart(TimeSpan limit) => Orphaned(Measurement.NoData(
        $"No start event came within {limit:c}: the run has no window to measure."));

    public static Measurement NoNode(TimeSpan limit) => Orphaned(Measurement.NoData(
        $"No finish event came within {limit:c}, and the start event names no node to look for its last sample on."));

    /// <summary>The figures up to the last sample of the pod or node.</summary>
    public static Measurement UpTo(RunEvidence evidence, Measurement measurement, TimeSpan limit)
    {
        var remark = $"No finish event came within {limit:c}; the figures reach to the last sample of its {evidence.Of} in that time, {evidence.At!.Value.UtcDateTime:O}.";
        // A pod ends with its process. A node goes on: the process may have ended at any time before.
        return Orphaned(evidence.Of is RunEvidence.Pod
            ? measurement with { Remark = remark, Evidence = evidence.Of }
            : measurement with
            {
                Remark = remark,
                Evidence = evidence.Of,
                Metrics = [],
                Values = [.. measurement.Values.Where(value => value.Aggregation is "integral" or "own").Select(value => value.Value is null
                    ? value
                    : value with { State = ValueState.Partial, Lo = 0 })],
            });
    }

    private static Measurement Orphaned(Measurement measurement) => measurement with { Stage = MeasurementStage.Orphan };
}
