using Telemetry.Events;

namespace Quickstart;

public readonly record struct DocumentOpened(string DocumentId, string UserId) : ITelemetryEvent
{
    public static EventDescriptor Descriptor { get; } = new("quickstart.document.open", "quickstart", DeliveryClass.Usage);

    public string? Subject => DocumentId;

    public string? PartitionKey => UserId;

    public void WriteData(ref EventDataWriter writer)
    {
        writer.WriteString("document_id"u8, DocumentId);
        writer.WriteString("user_id"u8, UserId);
    }
}
