namespace Telemetry.Events.Spool.Tests.Publishing;

internal readonly record struct UsageSample(int Number) : ITelemetryEvent
{
    public const int Keys = 7;

    public static EventDescriptor Descriptor { get; } = new("test.usage.happen", "usage_topic", DeliveryClass.Usage);

    public string? Subject => null;

    public string? PartitionKey => $"user-{Number % Keys}";

    public void WriteData(ref EventDataWriter writer) => writer.WriteNumber("number"u8, Number);
}
