using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Telemetry.Collector.Runs;
using Telemetry.Events;

namespace Telemetry.Collector.Tests.Ingestion;

/// <summary>A second reading of a record, token by token, to compare an accepted event with.</summary>
internal static partial class ReadAgain
{
    /// <summary>What the event says that the record does not, or null. Throws where the record is no JSON object at all.</summary>
    public static string? FindDifference(ReadOnlySpan<byte> record, EventEnvelope envelope, RunEvent? run)
    {
        var attributes = Attributes(record, out var data);
        if (attributes.GetValueOrDefault("specversion") != "1.0")
            return "specversion";
        if (attributes.GetValueOrDefault("id") != envelope.Id || envelope.Id.Length == 0)
            return "id";
        if (attributes.GetValueOrDefault("source") != envelope.Source || attributes.GetValueOrDefault("type") != envelope.Type)
            return "source or type";
        if (envelope.Time is { } time)
        {
            if (!Rfc3339().IsMatch(attributes["time"]))
                return "time";
            if (!attributes["time"].StartsWith(time.ToString("yyyy", null), StringComparison.Ordinal) && time.Offset == TimeSpan.Zero &&
                time.DayOfYear is not (1 or 365 or 366))
            {
                return "year";
            }
        }

        if (run is null)
            return null;
        return data.GetValueOrDefault("task_id") != run.TaskId || run.TaskId.Length is 0 or > 512 ? "task_id"
            : data.GetValueOrDefault("user_id") != run.UserId ? "user_id"
            : data.GetValueOrDefault("model") != run.Model ? "model"
            : envelope.Id != run.EventId || envelope.Time != run.Time ? "id or time of the run"
            : null;
    }

    private static Dictionary<string, string> Attributes(ReadOnlySpan<byte> record, out Dictionary<string, string> data)
    {
        data = [];
        var reader = new Utf8JsonReader(record);
        reader.Read();
        var attributes = Members(ref reader, isEnvelope: true, out var inner);
        if (reader.Read())
            throw new JsonException("Something follows the object.");
        if (inner is not null)
            data = inner;
        return attributes;
    }

    /// <summary>
    /// The strings among an object's members, and of an envelope's also numbers and booleans, as they stand there; of a member that is there
    /// twice, the last.
    /// </summary>
    private static Dictionary<string, string> Members(ref Utf8JsonReader reader, bool isEnvelope, out Dictionary<string, string>? inner)
    {
        inner = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("No object.");
        var members = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (isEnvelope && name == "data")
                inner = reader.TokenType == JsonTokenType.StartObject ? Members(ref reader, isEnvelope: false, out _) : null;
            else if (reader.TokenType == JsonTokenType.String)
                members[name] = reader.GetString()!;
            else if (isEnvelope && reader.TokenType is (JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False))
                members[name] = Encoding.UTF8.GetString(reader.ValueSpan);
            else if (!isEnvelope)
                members.Remove(name);
            reader.Skip();
        }

        return members;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
