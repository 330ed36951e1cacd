namespace Telemetry.Samples.Demo;

/// <summary>A run as the Collector's API shows it; the members that the table needs.</summary>
internal sealed record RunView
{
    public required string Kind { get; init; }

    public required string TaskId { get; init; }

    public required string State { get; init; }

    public string? StateReason { get; init; }

    public string? Node { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public IReadOnlyList<MetricView> Metrics { get; init; } = [];

    /// <summary>Whether metrics are stored.</summary>
    public bool IsMeasured => State == "measured";

    /// <summary>Whether waiting longer changes nothing.</summary>
    public bool IsFinal => State is "measured" or "no_data";

    /// <summary>One metric; null where the run has none of that name.</summary>
    public MetricView? Metric(string name) => Metrics.FirstOrDefault(metric => metric.Name == name);
}
