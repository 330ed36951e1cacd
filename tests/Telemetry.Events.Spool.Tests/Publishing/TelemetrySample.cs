namespace Telemetry.Events.Spool.Tests.Publishing;

internal readonly record struct TelemetrySample(int Number) : ITelemetryEvent
{
    public static EventDescriptor Descriptor { get; } = new("test.telemetry.happen", "telemetry_topic", DeliveryClass.Telemetry);

    public string? Subject => null;

    public string? PartitionKey => null;

    public void WriteData(ref EventDataWriter writer) => writer.WriteNumber("number"u8, Number);
}
