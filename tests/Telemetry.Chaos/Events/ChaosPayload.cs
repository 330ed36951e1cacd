using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Telemetry.Events;

namespace Telemetry.Chaos.Events;

/// <summary>The payload: the event's number, and text that brings it to the size of an access check.</summary>
internal readonly record struct ChaosPayload(EventNumber Number) : IEventData
{
    private static readonly string Text = new('x', 200);

    public string? Subject => null;

    public string? PartitionKey => Number.Key;

    public void WriteData(ref EventDataWriter writer)
    {
        writer.WriteNumber("process"u8, Number.Process);
        writer.WriteNumber("flow"u8, Number.Flow);
        writer.WriteNumber("index"u8, Number.Index);
        writer.WriteString("text"u8, Text);
    }

    public static bool TryRead(EventEnvelope envelope, [NotNullWhen(true)] out EventNumber? number)
    {
        number = null;
        if (!TryRead(envelope.Data, "process", out var process) || !TryRead(envelope.Data, "flow", out var flow) ||
            !TryRead(envelope.Data, "index", out var index))
        {
            return false;
        }

        number = new EventNumber(process, flow, index);
        return true;
    }

    private static bool TryRead(JsonElement data, string name, out int value)
    {
        value = 0;
        return data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var member) && member.TryGetInt32(out value);
    }
}
