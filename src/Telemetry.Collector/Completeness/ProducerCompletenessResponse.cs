namespace Telemetry.Collector.Completeness;

/// <summary>One start of a producer's process.</summary>
public sealed record ProducerCompletenessResponse
{
    public required string Producer { get; init; }

    /// <summary>The service, such as /orders; null without a report.</summary>
    public required string? Source { get; init; }

    /// <summary>The time of its newest report, UTC; null for none.</summary>
    public required DateTime? ReportedAt { get; init; }

    /// <summary>Whether that report was its last, at an orderly stop.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>Whether it said nothing for three intervals, and no good-bye: it was killed, or cannot reach the broker.</summary>
    public required bool IsSilent { get; init; }

    /// <summary>The time of its newest event, UTC.</summary>
    public required DateTime LastEventAt { get; init; }

    public required IReadOnlyList<ClassCompletenessResponse> Classes { get; init; }

    internal static ProducerCompletenessResponse From(ProducerCompleteness producer) => new()
    {
        Producer = producer.Producer,
        Source = producer.Report?.Source,
        ReportedAt = producer.Report?.ReportedAt.UtcDateTime,
        IsFinal = producer.Report?.Report.Final == true,
        IsSilent = producer.IsSilent,
        LastEventAt = producer.LastEventAt.UtcDateTime,
        Classes = [.. producer.Classes.Select(ClassCompletenessResponse.From)],
    };
}
