namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>A catalog cannot be used. Every mistake is a sentence with the file, the place, the value and the fix.</summary>
public sealed class MetricCatalogException(IReadOnlyList<string> mistakes) : Exception(string.Join(' ', mistakes))
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
