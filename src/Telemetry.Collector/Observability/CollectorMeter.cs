namespace Telemetry.Collector.Observability;

/// <summary>The meter that all of the Collector's own instruments belong to.</summary>
internal static class CollectorMeter
{
    public const string Name = "Telemetry.Collector";
}
