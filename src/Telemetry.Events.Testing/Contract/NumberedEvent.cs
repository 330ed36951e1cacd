namespace Telemetry.Events.Testing;

/// <summary>The payload of the events that cases publish.</summary>
internal readonly record struct NumberedEvent(int Number, string Key) : IEventData
{
    public string? Subject => null;

    public string? PartitionKey => Key;

    public void WriteData(ref EventDataWriter writer) => writer.WriteNumber("n"u8, Number);
}
