namespace Telemetry.Collector.DirectTopics;

/// <summary>How much time one partition of a landing table holds. Retention drops whole partitions.</summary>
public enum PartitionSpan
{
    /// <summary>A day; for much data and a short retention.</summary>
    Day,

    /// <summary>A week, from Monday on.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,
}
