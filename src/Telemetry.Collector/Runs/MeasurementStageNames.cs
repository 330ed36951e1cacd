namespace Telemetry.Collector.Runs;

/// <summary>The stages as the store writes them. A contract: never rename one.</summary>
public static class MeasurementStageNames
{
    /// <exception cref="ArgumentOutOfRangeException">The value is no stage.</exception>
    public static string Of(MeasurementStage stage) => stage switch
    {
        MeasurementStage.Orphan => "orphan",
        MeasurementStage.Provisional => "provisional",
        MeasurementStage.Final => "final",
        MeasurementStage.Correction => "correction",
        MeasurementStage.Backfill => "backfill",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage of measuring."),
    };

    /// <summary>The stage of that exact name, or null.</summary>
    public static MeasurementStage? Find(string? name) => name switch
    {
        "orphan" => MeasurementStage.Orphan,
        "provisional" => MeasurementStage.Provisional,
        "final" => MeasurementStage.Final,
        "correction" => MeasurementStage.Correction,
        "backfill" => MeasurementStage.Backfill,
        _ => null,
    };
}
