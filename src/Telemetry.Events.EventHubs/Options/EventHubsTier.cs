namespace Telemetry.Events.EventHubs;

/// <summary>The pricing tier of the Event Hubs namespace; it decides what the Kafka endpoint takes.</summary>
public enum EventHubsTier
{
    /// <summary>Standard: Kafka endpoint, no compression.</summary>
    Standard = 0,

    /// <summary>Premium: gzip may be used.</summary>
    Premium,

    /// <summary>Dedicated: gzip may be used.</summary>
    Dedicated,

    /// <summary>Basic: it has no Kafka endpoint, so that start-up refuses it.</summary>
    Basic,
}
