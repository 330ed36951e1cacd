using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>What a measurement makes of its run's row; the part of a store that is the same for every engine. Pure.</summary>
/// <param name="Run">The row to write; its metrics and values only where they are a new revision.</param>
/// <param name="IsRevision">Whether the figures are new.</param>
internal sealed record MeasuredRow(Run Run, bool IsRevision)
{
    /// <summary>
    /// The row, or null where the measurement comes too late: its stage is over, as after a crash between writing and knowing
    /// it, or an event has moved the run's ends.
    /// </summary>
    /// <param name="run">As stored, with its figures.</param>
    /// <param name="measurement">The measurement.</param>
    /// <param name="schedule">When the next stage is due.</param>
    public static MeasuredRow? From(Run run, Measurement measurement, RunSchedule schedule)
    {
        var stage = measurement.Stage;
        if (!IsWanted(run, stage) || (stage is not MeasurementStage.Orphan && IsOfAnotherTime(run, measurement)))
            return null;

        var isFilled = measurement.NoDataReason is null;
        var isRevision = stage switch
        {
            MeasurementStage.Provisional => isFilled,
            MeasurementStage.Correction or MeasurementStage.Backfill => isFilled && !SameFigures(run, measurement),
            _ => true,
        };
        var row = schedule.After(stage, run) with { MeasureAttempts = run.MeasureAttempts + (stage is MeasurementStage.Provisional ? 0 : 1) };
        if (!isRevision)
            return new MeasuredRow(row, false);
        return new MeasuredRow(
            row with
            {
                State = stage switch
                {
                    MeasurementStage.Provisional => RunState.Finished,
                    MeasurementStage.Orphan => RunState.Orphaned,
                    _ => isFilled ? RunState.Measured : RunState.NoData,
                },
                StateReason = stage is MeasurementStage.Orphan ? measurement.Remark ?? measurement.NoDataReason : measurement.NoDataReason,
                EvidenceAt = stage is MeasurementStage.Orphan && measurement.Evidence is not null ? measurement.Window?.Finish : run.EvidenceAt,
                Evidence = stage is MeasurementStage.Orphan ? measurement.Evidence : run.Evidence,
                Revision = run.Revision + 1,
                RevisionKind = stage switch
                {
                    MeasurementStage.Provisional => Runs.RevisionKind.Provisional,
                    MeasurementStage.Final or MeasurementStage.Orphan => Runs.RevisionKind.Final,
                    _ => Runs.RevisionKind.Correction,
                },
                MeasuredAt = measurement.MeasuredAt.ToUniversalTime(),
                Metrics = measurement.Metrics,
                Values = measurement.Values,
            },
            true);
    }

    private static bool IsWanted(Run run, MeasurementStage stage) => stage switch
    {
        MeasurementStage.Backfill => run.State is RunState.Measured or RunState.NoData,
        MeasurementStage.Final => run.NextStage is MeasurementStage.Provisional or MeasurementStage.Final,
        _ => run.NextStage == stage,
    };

    private static bool IsOfAnotherTime(Run run, Measurement measurement) =>
        measurement.Window is { } window && (window.Start != run.StartedAt || window.Finish != (run.FinishedAt ?? run.EvidenceAt));

    private static bool SameFigures(Run run, Measurement measurement) =>
        run.Metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal)
            .SequenceEqual(measurement.Metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal))
        && InOrder(run.Values).SequenceEqual(InOrder(measurement.Values));

    private static IEnumerable<MeasuredValue> InOrder(IReadOnlyList<MeasuredValue> values) =>
        values.OrderBy(value => value.Metric, StringComparer.Ordinal).ThenBy(value => value.Aggregation, StringComparer.Ordinal);
}
