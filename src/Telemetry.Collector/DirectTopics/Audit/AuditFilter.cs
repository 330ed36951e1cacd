namespace Telemetry.Collector.DirectTopics.Audit;

/// <summary>Which audit events; everything given must match.</summary>
internal sealed record AuditFilter
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 10_000;

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    public string? Actor { get; init; }

    public string? Resource { get; init; }

    public string? Action { get; init; }

    /// <summary>allow or deny.</summary>
    public string? Decision { get; init; }

    public string? Topic { get; init; }

    /// <summary>Where the page before ended: only what is older, or of the same moment and a smaller id.</summary>
    public AuditCursor? After { get; init; }

    public int Limit { get; init; } = DefaultLimit;
}
