using System.Buffers.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Reads the head of nearly every v3 reply: records that were stored, written as Confluent writes them. A JSON reader takes many times
/// as long for it. Where an entry looks otherwise it stops, and <see cref="RecordStreamReply"/> goes on.
/// </summary>
internal static class PlainStreamReply
{
    /// <summary>Reads entries from the start, as far as they look as expected.</summary>
    /// <param name="body">The reply; moved behind what was read.</param>
    /// <param name="positions">Where the outcomes belong.</param>
    /// <param name="outcomes">All outcomes of the call.</param>
    /// <returns>How many entries were read.</returns>
    public static int Read(ref ReadOnlySpan<byte> body, ReadOnlySpan<int> positions, Span<DeliveryOutcome> outcomes)
    {
        var prefix = Prefix(body);
        if (prefix.IsEmpty)
            return 0;
        for (var count = 0; count < positions.Length; count++)
        {
            var rest = body;
            if (!TryReadEntry(ref rest, prefix, out var outcome))
                return count;
            body = rest;
            outcomes[positions[count]] = outcome;
        }

        return positions.Length;
    }

    /// <summary>From an entry's start to its partition: cluster and topic, the same in all entries. Empty where it looks otherwise.</summary>
    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> body)
    {
        var rest = body;
        if (!TrySkip(ref rest, "{\"error_code\":200,\"cluster_id\":\""u8) ||
            !TrySkipText(ref rest) ||
            !TrySkip(ref rest, "\",\"topic_name\":\""u8) ||
            !TrySkipText(ref rest) ||
            !TrySkip(ref rest, "\",\"partition_id\":"u8))
        {
            return default;
        }

        return body[..^rest.Length];
    }

    private static bool TryReadEntry(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> prefix, out DeliveryOutcome outcome)
    {
        outcome = default;
        if (!TrySkip(ref rest, prefix) || !Utf8Parser.TryParse(rest, out int partition, out var partitionBytes) || partition < 0)
            return false;
        rest = rest[partitionBytes..];
        if (!TrySkip(ref rest, ",\"offset\":"u8) || !Utf8Parser.TryParse(rest, out long offset, out var offsetBytes) || offset < 0)
            return false;
        rest = rest[offsetBytes..];
        if (TrySkip(ref rest, ",\"timestamp\":\""u8) && !(TrySkipText(ref rest) && TrySkip(ref rest, "\""u8)))
            return false;
        if (TrySkip(ref rest, ",\"key\":{\"type\":\""u8) && !TrySkipSize(ref rest))
            return false;
        if (TrySkip(ref rest, ",\"value\":{\"type\":\""u8) && !TrySkipSize(ref rest))
            return false;
        if (!TrySkip(ref rest, "}"u8))
            return false;
        rest = rest.TrimStart("\r\n "u8);
        outcome = DeliveryOutcome.Delivered(partition, offset);
        return true;
    }

    /// <summary>Behind <c>"type":"</c>: the rest of an embedded type and its size.</summary>
    private static bool TrySkipSize(ref ReadOnlySpan<byte> rest)
    {
        if (!TrySkipText(ref rest) ||
            !TrySkip(ref rest, "\",\"size\":"u8) ||
            !Utf8Parser.TryParse(rest, out long size, out var sizeBytes) ||
            size < 0)
        {
            return false;
        }

        rest = rest[sizeBytes..];
        return TrySkip(ref rest, "}"u8);
    }

    /// <summary>To the string's closing quote; text with escapes is left to the JSON reader.</summary>
    private static bool TrySkipText(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[end] == '\\')
            return false;
        rest = rest[end..];
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
            return false;
        rest = rest[expected.Length..];
        return true;
    }
}
