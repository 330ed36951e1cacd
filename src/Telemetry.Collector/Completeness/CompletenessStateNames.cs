namespace Telemetry.Collector.Completeness;

/// <summary>States as the API and the metrics name them.</summary>
internal static class CompletenessStateNames
{
    public static string Of(CompletenessState state) => state switch
    {
        CompletenessState.Complete => "complete",
        CompletenessState.InFlight => "in_flight",
        CompletenessState.Dropped => "dropped",
        CompletenessState.Missing => "missing",
        CompletenessState.Unreported => "unreported",
        _ => "not_watched",
    };
}
