namespace Telemetry.Events.Kafka;

/// <summary>Where a group begins that has committed nothing yet, or whose place the broker has deleted.</summary>
public enum EventConsumerStart
{
    /// <summary>With the oldest record that the broker holds.</summary>
    Earliest = 0,

    /// <summary>With what is sent from now on.</summary>
    Latest,
}
