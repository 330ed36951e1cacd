using System.Text.Json;

namespace Telemetry.Events;

/// <summary>A payload that comes as JSON. What is not an object makes the event refused, not the process fail.</summary>
internal readonly record struct JsonEventData(JsonElement Data, string? Subject, string? PartitionKey) : IEventData
{
    public void WriteData(ref EventDataWriter writer)
    {
        foreach (var member in Data.EnumerateObject())
            writer.WriteJson(member.Name, member.Value);
    }
}
