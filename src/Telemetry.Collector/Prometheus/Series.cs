namespace Telemetry.Collector.Prometheus;

/// <summary>One time series' raw samples in some span of time.</summary>
/// <param name="Labels">All its labels, the metric's name as <c>__name__</c> among them.</param>
/// <param name="Samples">Oldest first, each moment once.</param>
public sealed record Series(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<Sample> Samples)
{
    /// <summary>The label's value, or the empty string where it is absent: PromQL holds the two for equal.</summary>
    public string Label(string name) => Labels.TryGetValue(name, out var value) ? value : "";
}
