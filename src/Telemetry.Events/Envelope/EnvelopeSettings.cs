using Telemetry.Events.Publishing;

namespace Telemetry.Events.Envelope;

/// <summary>What the envelopes of one publisher have in common, and who adds what differs.</summary>
internal sealed record EnvelopeSettings
{
    public required string ServiceName { get; init; }

    /// <summary>One id for each start of the process.</summary>
    public required string Producer { get; init; }

    public EventContextOptions Context { get; init; } = new();

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IEventContextAccessor? ContextAccessor { get; init; }

    public IReadOnlyList<IEventEnricher> Enrichers { get; init; } = [];

    /// <summary>The lane that carries events of a kind; asked once a kind. None where events are only encoded.</summary>
    public Func<EventDescriptor, DeliveryLane?> LaneOf { get; init; } = static _ => null;

    /// <summary>Called with an enricher that failed.</summary>
    public Action<IEventEnricher, Exception> EnricherFailed { get; init; } = static (_, _) => { };
}
