namespace Telemetry.Events;

/// <summary>A typed event: its payload together with the descriptor of its kind.</summary>
/// <remarks>
/// Mark a partial type, best a <c>readonly partial record struct</c>, by <see cref="TelemetryEventAttribute"/>, and the source
/// generator implements it; <see cref="IEventData"/> says who calls what.
/// </remarks>
public interface ITelemetryEvent : IEventData
{
    /// <summary>Name, topic and delivery class of this kind of event; the same instance at every call.</summary>
    static abstract EventDescriptor Descriptor { get; }
}
