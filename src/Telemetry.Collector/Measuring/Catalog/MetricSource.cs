namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>One place where a metric's samples may come from.</summary>
/// <param name="Target">Whose series they are.</param>
/// <param name="Terms">What to read; the series of all terms are added up.</param>
/// <param name="Capacity">The highest value, or rate, of one series or of one value of <paramref name="CapacityPer"/>; null
/// where unknown.</param>
/// <param name="CapacityPer">Series with the same value of this label share one capacity; null for each its own.</param>
/// <param name="FromZero">A counter that comes into being near the window began from zero.</param>
public sealed record MetricSource(
    MetricTarget Target, IReadOnlyList<MetricTerm> Terms, double? Capacity, string? CapacityPer, bool FromZero);
