namespace Telemetry.Events;

/// <summary>
/// Says which tenant an event belongs to, in a service where that differs from event to event. Register one as a singleton; it wins
/// over TENANT_ID.
/// </summary>
/// <remarks>Called on the publishing thread for every event, typically reading an <see cref="AsyncLocal{T}"/> or the HTTP context.</remarks>
public interface IEventContextAccessor
{
    /// <summary>The tenant of the event being published, or null for that of the machine's context.</summary>
    Guid? TenantId { get; }
}
