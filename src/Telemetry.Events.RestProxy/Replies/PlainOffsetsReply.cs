using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Reads the reply of nearly every request: all records stored, written as the two proxies write it. A JSON reader takes ten times as
/// long for it, which is more than encoding the record took. Whatever looks otherwise is left to <see cref="OffsetsReply"/>.
/// </summary>
internal static class PlainOffsetsReply
{
    /// <returns>False where the reply has another shape; outcomes may then be half written.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, ReadOnlySpan<int> positions, Span<DeliveryOutcome> outcomes)
    {
        if (!PlainText.TrySkip(ref body, "{\"offsets\":["u8))
            return false;
        for (var i = 0; i < positions.Length; i++)
        {
            if (i > 0 && !PlainText.TrySkip(ref body, ","u8))
                return false;
            if (!PlainText.TrySkip(ref body, "{\"partition\":"u8) ||
                !PlainText.TryReadPartition(ref body, out var partition) ||
                !PlainText.TrySkip(ref body, ",\"offset\":"u8) ||
                !PlainText.TryReadNumber(ref body, out var offset))
            {
                return false;
            }

            PlainText.TrySkip(ref body, ",\"error_code\":null,\"error\":null"u8);
            if (!PlainText.TrySkip(ref body, "}"u8))
                return false;
            outcomes[positions[i]] = DeliveryOutcome.Delivered(partition, offset);
        }

        return PlainText.TrySkip(ref body, "]"u8) &&
            (body.SequenceEqual("}"u8) || body.SequenceEqual(",\"key_schema_id\":null,\"value_schema_id\":null}"u8));
    }
}
