namespace Telemetry.Collector.Measuring;

/// <summary>What the search for a target came to.</summary>
/// <param name="Found">Best first; empty where there is none.</param>
/// <param name="LookedFor">The last selector that was asked for, in PromQL.</param>
internal sealed record TargetSearch(IReadOnlyList<FoundTarget> Found, string LookedFor);
