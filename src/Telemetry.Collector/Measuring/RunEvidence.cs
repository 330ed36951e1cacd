namespace Telemetry.Collector.Measuring;

/// <summary>What Prometheus last saw of a run that told no end.</summary>
/// <param name="At">The last sample; null where there is none.</param>
/// <param name="Of"><c>pod</c> or <c>node</c>.</param>
public sealed record RunEvidence(DateTimeOffset? At, string Of)
{
    public const string Pod = "pod";
    public const string Node = "node";
}
