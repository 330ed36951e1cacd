using System.Text.Json;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Reads the reply of Confluent v3: one JSON object for each record, one after another, in the records' order. The status is 200 even
/// where records failed. The stream ends early behind a malformed record, or when the connection does: what has no reply is unknown.
/// </summary>
internal static class RecordStreamReply
{
    /// <summary>Reads the outcomes of the events at these positions.</summary>
    public static ReplyVerdict Read(ReadOnlySpan<byte> body, ReadOnlySpan<int> positions, Span<DeliveryOutcome> outcomes)
    {
        var count = PlainStreamReply.Read(ref body, positions, outcomes);
        if (body.IsEmpty && count == positions.Length)
            return ReplyVerdict.Complete;
        var cut = false;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                var outcome = ReplyEntry.Read(ref reader, RestProxyDialect.ConfluentV3, "partition_id"u8);
                if (count < positions.Length)
                {
                    outcomes[positions[count++]] = outcome;
                }
                else if (outcome.Status == DeliveryStatus.Delivered)
                {
                    // More records stored than were sent. An error too many is the stream's own end and means no record.
                    OffsetsReply.Fill(positions, outcomes, DeliveryOutcome.Unknown(RestProxyOutcomes.GarbledReply));
                    return ReplyVerdict.Garbled;
                }
            }
        }
        catch (JsonException)
        {
            cut = true;
        }

        OffsetsReply.Fill(positions[count..], outcomes, DeliveryOutcome.Unknown(RestProxyOutcomes.MissingReply));
        if (cut)
            return count == 0 ? Garbled(positions, outcomes) : ReplyVerdict.Incomplete;
        return count == positions.Length ? ReplyVerdict.Complete : ReplyVerdict.Incomplete;
    }

    private static ReplyVerdict Garbled(ReadOnlySpan<int> positions, Span<DeliveryOutcome> outcomes)
    {
        OffsetsReply.Fill(positions, outcomes, DeliveryOutcome.Unknown(RestProxyOutcomes.GarbledReply));
        return ReplyVerdict.Garbled;
    }
}
