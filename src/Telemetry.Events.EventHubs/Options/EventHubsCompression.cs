namespace Telemetry.Events.EventHubs;

/// <summary>How batches are compressed on the wire. Event Hubs knows no other codec.</summary>
public enum EventHubsCompression
{
    /// <summary>Not at all; every tier takes it.</summary>
    None = 0,

    /// <summary>gzip; the tiers Premium and Dedicated take it.</summary>
    Gzip,
}
