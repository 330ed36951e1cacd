using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Completeness;

/// <summary>A producer's newest report, as it was read.</summary>
public sealed record ReceivedReport
{
    /// <summary>The producer's service: the event's <c>source</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The report's own sequence, in class Usage. It is behind all that the report speaks of.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was written, by the producer's clock.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>When it was read, by the Collector's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required TelemetryProducerReport Report { get; init; }
}
