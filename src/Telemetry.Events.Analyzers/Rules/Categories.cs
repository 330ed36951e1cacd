namespace Telemetry.Events.Analyzers.Rules;

/// <summary>Categories of the diagnostics, for <c>.editorconfig</c>.</summary>
internal static class Categories
{
    public const string Naming = "TelemetryNaming";
    public const string Design = "TelemetryDesign";
    public const string Usage = "TelemetryUsage";
    public const string Compatibility = "TelemetryCompatibility";
}
