namespace Telemetry.Collector.Measuring;

/// <summary>How one metric's figures were found.</summary>
/// <param name="Metric">Its name in the catalog.</param>
/// <param name="State">measured, partial or no_data.</param>
/// <param name="Target">The labels of the node or pod whose series were taken; null where none was found.</param>
/// <param name="Selectors">The series that were taken, in PromQL.</param>
/// <param name="Method">Of the integral, else of the first figure.</param>
/// <param name="Samples">Scrapes that the figures rest on.</param>
/// <param name="Coverage">Share of the window that they vouch for.</param>
/// <param name="Lack">What is missing, in words; null where it is measured in full.</param>
public sealed record ExplainedMetric(
    string Metric, string State, string? Target, IReadOnlyList<string> Selectors, string Method, int Samples, double Coverage, string? Lack);
