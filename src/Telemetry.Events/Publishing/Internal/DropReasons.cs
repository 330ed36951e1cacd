namespace Telemetry.Events.Publishing;

/// <summary>Why the publisher itself gives an accepted event up. Transports add reasons of their own.</summary>
internal static class DropReasons
{
    /// <summary>A newer event of class Telemetry took its room.</summary>
    public const string Evicted = "evicted";

    /// <summary>Shutdown's time was out.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>Not given up: the receipt of an event that stays on disk for the next process when this one ends.</summary>
    public const string Spooled = "spooled";
}
