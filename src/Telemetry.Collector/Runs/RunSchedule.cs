namespace Telemetry.Collector.Runs;

/// <summary>When a run's measurements are due. Pure.</summary>
public sealed record RunSchedule
{
    /// <summary>From a run's finish to its final measurement.</summary>
    public required TimeSpan SettleDelay { get; init; }

    /// <summary>Whether a run is measured right at its finish, too. Default no.</summary>
    public bool Provisional { get; init; }

    /// <summary>From the final measurement's due time to the look for late samples; null for none.</summary>
    public TimeSpan? CorrectionDelay { get; init; }

    /// <summary>How long the second of its events may take; null for ever.</summary>
    public TimeSpan? OrphanAfter { get; init; }

    /// <summary>What comes next for a run that its events have just made what it is.</summary>
    public Run First(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run switch
        {
            { State: RunState.Open } when OrphanAfter is { } limit =>
                run with { NextStage = MeasurementStage.Orphan, DueAt = (run.StartedAt ?? run.FinishedAt) + limit },
            { State: RunState.Finished } when Provisional =>
                run with { NextStage = MeasurementStage.Provisional, DueAt = run.FinishedAt },
            { State: RunState.Finished } => run with { NextStage = MeasurementStage.Final, DueAt = run.FinishedAt + SettleDelay },
            _ => run with { NextStage = null, DueAt = null },
        };
    }

    /// <summary>What comes next after a stage is done.</summary>
    public Run After(MeasurementStage stage, Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return stage switch
        {
            MeasurementStage.Backfill => run,
            MeasurementStage.Provisional => run with { NextStage = MeasurementStage.Final, DueAt = run.FinishedAt + SettleDelay },
            MeasurementStage.Final when CorrectionDelay is { } delay =>
                run with { NextStage = MeasurementStage.Correction, DueAt = run.FinishedAt + SettleDelay + delay },
            _ => run with { NextStage = null, DueAt = null },
        };
    }

    /// <summary>The stage to measure for at a moment: a provisional value is of no use where the final one is due.</summary>
    public MeasurementStage? StageAt(Run run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.NextStage is MeasurementStage.Provisional && run.FinishedAt + SettleDelay <= now ? MeasurementStage.Final : run.NextStage;
    }
}
