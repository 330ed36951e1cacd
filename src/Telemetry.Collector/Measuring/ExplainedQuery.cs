namespace Telemetry.Collector.Measuring;

/// <summary>One selector whose raw samples a measurement read.</summary>
/// <param name="Selector">In PromQL.</param>
/// <param name="From">Its first moment; UTC.</param>
/// <param name="To">Its last moment; UTC.</param>
/// <param name="Series">Series that were found.</param>
/// <param name="Samples">Samples in them.</param>
public sealed record ExplainedQuery(string Selector, DateTimeOffset From, DateTimeOffset To, int Series, int Samples);
