using System.Buffers.Text;
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
        if (!TrySkip(ref body, "{\"offsets\":["u8))
            return false;
        for (var i = 0; i < positions.Length; i++)
        {
            if (i > 0 && !TrySkip(ref body, ","u8))
                return false;
            if (!TrySkip(ref body, "{\"partition\":"u8) ||
                !Utf8Parser.TryParse(body, out int partition, out var partitionBytes) ||
                partition < 0)
            {
                return false;
            }

            body = body[partitionBytes..];
            if (!TrySkip(ref body, ",\"offset\":"u8) ||
                !Utf8Parser.TryParse(body, out long offset, out var offsetBytes) ||
                offset < 0)
            {
                return false;
            }

            body = body[offsetBytes..];
            TrySkip(ref body, ",\"error_code\":null,\"error\":null"u8);
            if (!TrySkip(ref body, "}"u8))
                return false;
            outcomes[positions[i]] = DeliveryOutcome.Delivered(partition, offset);
        }

        return TrySkip(ref body, "]"u8) &&
            (body.SequenceEqual("}"u8) || body.SequenceEqual(",\"key_schema_id\":null,\"value_schema_id\":null}"u8));
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> body, ReadOnlySpan<byte> expected)
    {
        if (!body.StartsWith(expected))
            return false;
        body = body[expected.Length..];
        return true;
    }
}
