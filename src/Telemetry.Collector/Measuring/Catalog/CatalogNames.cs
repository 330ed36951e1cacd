using System.Text.RegularExpressions;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>What names in a catalog look like.</summary>
internal static partial class CatalogNames
{
    public static bool IsLabel(string? name) => name is not null && Label().IsMatch(name);

    public static bool IsMetric(string name) => Metric().IsMatch(name);

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_]*\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)*\z")]
    private static partial Regex Metric();
}
