namespace Telemetry.Events.Spool.Tests.Publishing;

internal readonly record struct AuditSample(int Number) : ITelemetryEvent
{
    public static EventDescriptor Descriptor { get; } = new("test.audit.happen", "audit_topic", DeliveryClass.Audit);

    public string? Subject => null;

    public string? PartitionKey => $"user-{Number % 7}";

    public void WriteData(ref EventDataWriter writer) => writer.WriteNumber("number"u8, Number);
}
