namespace Telemetry.Events;

/// <summary>The bounds of one delivery class, where they differ from those of all.</summary>
public sealed class DeliveryClassOptions
{
    /// <summary>
    /// The most events that the class holds in memory, for each transport. 1 to 10,000,000; default
    /// <see cref="TelemetryEventsOptions.MaxBufferedEvents"/>.
    /// </summary>
    public int? MaxBufferedEvents { get; set; }

    /// <summary>
    /// The most bytes of encoded events that the class holds in memory, for each transport. At least
    /// <see cref="TelemetryEventsOptions.MaxEventBytes"/>; default <see cref="TelemetryEventsOptions.MaxBufferedBytes"/>.
    /// </summary>
    public long? MaxBufferedBytes { get; set; }
}
