namespace Telemetry.Events.Tests;

internal readonly record struct UsageSample(string Text, string? Subject = null, string? PartitionKey = null) : ITelemetryEvent
{
    public static EventDescriptor Descriptor { get; } = new("test.usage.happen", "usage_topic", DeliveryClass.Usage);

    public void WriteData(ref EventDataWriter writer) => writer.WriteString("text"u8, Text);
}

internal readonly record struct TelemetrySample(int Number) : ITelemetryEvent
{
    public static EventDescriptor Descriptor { get; } = new("test.telemetry.happen", "telemetry_topic", DeliveryClass.Telemetry);

    public string? Subject => null;

    public string? PartitionKey => null;

    public void WriteData(ref EventDataWriter writer) => writer.WriteNumber("number"u8, Number);
}

internal readonly record struct ThrowingSample : ITelemetryEvent
{
    public static EventDescriptor Descriptor { get; } = new("test.payload.throw", "usage_topic", DeliveryClass.Usage);

    public string? Subject => null;

    public string? PartitionKey => null;

    public void WriteData(ref EventDataWriter writer) => throw new InvalidOperationException("no payload");
}
