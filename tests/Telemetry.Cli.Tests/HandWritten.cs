using Telemetry.Events;

namespace Telemetry.Cli.Tests;

/// <summary>What the source generator knows nothing of.</summary>
public readonly record struct HandWritten : ITelemetryEvent
{
    public static EventDescriptor Descriptor { get; } = new("samples.hand.write", "samples", DeliveryClass.Usage);

    public string? Subject => null;

    public string? PartitionKey => null;

    public void WriteData(ref EventDataWriter writer)
    {
    }

    /// <summary>Within another type.</summary>
    public readonly record struct Nested : ITelemetryEvent
    {
        public static EventDescriptor Descriptor => HandWritten.Descriptor;

        public string? Subject => null;

        public string? PartitionKey => null;

        public void WriteData(ref EventDataWriter writer)
        {
        }
    }
}
