namespace Telemetry.Collector.Prometheus;

/// <summary>How a label is compared in a <see cref="PrometheusSelector"/>.</summary>
public enum LabelComparison
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>=~</c>, the whole value against an RE2 expression.</summary>
    Matches,

    /// <summary><c>!~</c></summary>
    NotMatches,
}
