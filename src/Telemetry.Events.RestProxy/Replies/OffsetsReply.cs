using System.Text.Json;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Reads the reply of Confluent v2 and Strimzi: <c>{"offsets":[…]}</c>, one entry for each record, by position. The status is 200 even
/// where every record failed.
/// </summary>
internal static class OffsetsReply
{
    /// <summary>Reads the outcomes of the events at these positions.</summary>
    public static ReplyVerdict Read(
        ReadOnlySpan<byte> body, RestProxyDialect dialect, ReadOnlySpan<int> positions, Span<DeliveryOutcome> outcomes)
    {
        if (PlainOffsetsReply.TryRead(body, positions, outcomes))
            return ReplyVerdict.Complete;

        var count = -1;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isOffsets = reader.ValueTextEquals("offsets"u8);
                    reader.Read();
                    if (isOffsets && reader.TokenType == JsonTokenType.StartArray)
                        count = ReadEntries(ref reader, dialect, positions, outcomes);
                    else
                        reader.Skip();
                }

                // What stands behind the object makes it no reply of ours either.
                if (reader.Read())
                    count = -1;
            }
        }
        catch (JsonException)
        {
            count = -1;
        }

        // More entries than records: nobody can say which belongs to which.
        if (count < 0 || count > positions.Length)
        {
            Fill(positions, outcomes, DeliveryOutcome.Unknown(RestProxyOutcomes.GarbledReply));
            return ReplyVerdict.Garbled;
        }

        Fill(positions[count..], outcomes, DeliveryOutcome.Unknown(RestProxyOutcomes.MissingReply));
        return count == positions.Length ? ReplyVerdict.Complete : ReplyVerdict.Incomplete;
    }

    public static void Fill(ReadOnlySpan<int> positions, Span<DeliveryOutcome> outcomes, DeliveryOutcome outcome)
    {
        foreach (var position in positions)
            outcomes[position] = outcome;
    }

    private static int ReadEntries(
        ref Utf8JsonReader reader, RestProxyDialect dialect, ReadOnlySpan<int> positions, Span<DeliveryOutcome> outcomes)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var outcome = ReplyEntry.Read(ref reader, dialect, "partition"u8);
            if (count < positions.Length)
                outcomes[positions[count]] = outcome;
            count++;
        }

        return count;
    }
}
