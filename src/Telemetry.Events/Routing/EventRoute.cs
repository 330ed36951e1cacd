namespace Telemetry.Events;

/// <summary>Sends what matches to a transport. A condition that is null matches everything; both must hold.</summary>
public sealed class EventRoute
{
    /// <summary>The topic, compared ordinally; null for any.</summary>
    public string? Topic { get; set; }

    /// <summary>The delivery class; null for any.</summary>
    public DeliveryClass? Delivery { get; set; }

    /// <summary>The transport's name (<see cref="Transport.IEventTransport.Name"/>), such as <c>kafka</c>. Required.</summary>
    public string Transport { get; set; } = "";

    /// <summary>
    /// The transport that takes over while the first one's circuit is open. Null, the default, for what
    /// <see cref="FailoverOptions.Transports"/> says of the first; empty for none in any case.
    /// </summary>
    public string? Failover { get; set; }

    internal bool Matches(string topic, DeliveryClass delivery) =>
        (Topic is null || string.Equals(Topic, topic, StringComparison.Ordinal)) && (Delivery is null || Delivery == delivery);
}
