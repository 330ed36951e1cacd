using System.Text;
using System.Text.Json;
using Telemetry.Events.Publishing;

namespace Telemetry.Events.Envelope;

/// <summary>
/// What every event of one kind and one publisher begins with, encoded once: all that does not change, and room of fixed width for
/// what does. Sequence, id and time stand at the same offsets in each of them.
/// </summary>
internal sealed class EnvelopePrefix
{
    private EnvelopePrefix(object owner, EventDescriptor descriptor, DeliveryLane? lane, byte[] bytes, int sequenceOffset, int idOffset, int timeOffset)
    {
        Owner = owner;
        Descriptor = descriptor;
        Lane = lane;
        Bytes = bytes;
        SequenceOffset = sequenceOffset;
        IdOffset = idOffset;
        TimeOffset = timeOffset;
    }

    /// <summary>The writer that it belongs to.</summary>
    public object Owner { get; }

    public EventDescriptor Descriptor { get; }

    /// <summary>See <see cref="EnvelopeSettings.LaneOf"/>. Kept here, since each step on the way to a lane would be taken for each event.</summary>
    public DeliveryLane? Lane { get; }

    public byte[] Bytes { get; }

    public int SequenceOffset { get; }

    public int IdOffset { get; }

    public int TimeOffset { get; }

    public static EnvelopePrefix Create(object owner, EventDescriptor descriptor, EnvelopeSettings settings)
    {
        var context = settings.Context;
        var json = new StringBuilder("{");
        Append(json, EnvelopeAttributes.SpecVersion, "1.0");
        Append(json, EnvelopeAttributes.Type, descriptor.Name.Value);
        Append(json, EnvelopeAttributes.Source, "/" + settings.ServiceName);
        Append(json, EnvelopeAttributes.DataContentType, "application/json");
        // Where an accessor may give each event a tenant of its own, the attribute cannot be encoded once.
        if (settings.ContextAccessor is null)
            Append(json, EnvelopeAttributes.TenantId, context.TenantId);
        Append(json, EnvelopeAttributes.NodeId, context.NodeId);
        Append(json, EnvelopeAttributes.VmType, context.VmType);
        Append(json, EnvelopeAttributes.HostName, context.HostName);
        Append(json, EnvelopeAttributes.StorageSize, context.StorageSize);
        Append(json, EnvelopeAttributes.StorageType, context.StorageType);
        foreach (var (name, value) in settings.Attributes)
            Append(json, name, value);
        Append(json, EnvelopeAttributes.Producer, settings.Producer);
        var sequence = AppendRoom(json, EnvelopeAttributes.Sequence, SequenceFormatter.TextLength);
        var id = AppendRoom(json, EnvelopeAttributes.Id, EventIdGenerator.TextLength);
        var time = AppendRoom(json, EnvelopeAttributes.Time, TimestampFormatter.TextLength);
        return new EnvelopePrefix(owner, descriptor, settings.LaneOf(descriptor), Encoding.UTF8.GetBytes(json.ToString()), sequence, id, time);
    }

    private static void Append(StringBuilder json, string name, string? value)
    {
        if (value is null)
            return;
        if (json[^1] != '{')
            json.Append(',');
        json.Append('"').Append(name).Append("\":\"")
            .Append(JsonEncodedText.Encode(AttributeText.Clean(value), EnvelopeJson.Encoder).Value).Append('"');
    }

    /// <returns>The offset in bytes of the first character of the room.</returns>
    private static int AppendRoom(StringBuilder json, string name, int length)
    {
        Append(json, name, new string('0', length));
        return Encoding.UTF8.GetByteCount(json.ToString()) - length - 1;
    }
}
