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
        var details = ReadOnlySpan<byte>.Empty;
        for (var count = 0; count < positions.Length; count++)
        {
            var rest = body;
            if (!TryReadEntry(ref rest, prefix, ref details, out var outcome))
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
        if (!PlainText.TrySkip(ref rest, "{\"error_code\":200,\"cluster_id\":\""u8) ||
            !TrySkipText(ref rest) ||
            !PlainText.TrySkip(ref rest, "\",\"topic_name\":\""u8) ||
            !TrySkipText(ref rest) ||
            !PlainText.TrySkip(ref rest, "\",\"partition_id\":"u8))
        {
            return default;
        }

        return body[..^rest.Length];
    }

    private static bool TryReadEntry(
        ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> prefix, ref ReadOnlySpan<byte> details, out DeliveryOutcome outcome)
    {
        outcome = default;
        if (!PlainText.TrySkip(ref rest, prefix) ||
            !PlainText.TryReadPartition(ref rest, out var partition) ||
            !PlainText.TrySkip(ref rest, ",\"offset\":"u8) ||
            !PlainText.TryReadNumber(ref rest, out var offset) ||
            !TrySkipDetails(ref rest, ref details) ||
            !PlainText.TrySkip(ref rest, "}"u8))
        {
            return false;
        }

        rest = rest.TrimStart("\r\n "u8);
        outcome = DeliveryOutcome.Delivered(partition, offset);
        return true;
    }

    /// <summary>Timestamp, key and value, as far as they are there.</summary>
    /// <param name="rest">Moved behind them.</param>
    /// <param name="earlier">
    /// Those of the entry before up to the value's size. The broker stamps the records of a request with the same millisecond, as a rule, and keys
    /// mostly have one length.
    /// </param>
    private static bool TrySkipDetails(ref ReadOnlySpan<byte> rest, ref ReadOnlySpan<byte> earlier)
    {
        if (!earlier.IsEmpty && PlainText.TrySkip(ref rest, earlier))
            return TrySkipSize(ref rest);
        var start = rest;
        if (PlainText.TrySkip(ref rest, ",\"timestamp\":\""u8) && !(TrySkipText(ref rest) && PlainText.TrySkip(ref rest, "\""u8)))
            return false;
        if (PlainText.TrySkip(ref rest, ",\"key\":{\"type\":\""u8) && !(TrySkipType(ref rest) && TrySkipSize(ref rest)))
            return false;
        if (!PlainText.TrySkip(ref rest, ",\"value\":{\"type\":\""u8))
            return true;
        if (!TrySkipType(ref rest))
            return false;
        earlier = start[..^rest.Length];
        return TrySkipSize(ref rest);
    }

    /// <summary>Behind <c>"type":"</c>: up to the size.</summary>
    private static bool TrySkipType(ref ReadOnlySpan<byte> rest) =>
        (PlainText.TrySkip(ref rest, "BINARY"u8) || TrySkipText(ref rest)) && PlainText.TrySkip(ref rest, "\",\"size\":"u8);

    private static bool TrySkipSize(ref ReadOnlySpan<byte> rest) => PlainText.TryReadNumber(ref rest, out _) && PlainText.TrySkip(ref rest, "}"u8);

    /// <summary>To the string's closing quote; text with escapes is left to the JSON reader.</summary>
    private static bool TrySkipText(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[end] == '\\')
            return false;
        rest = rest[end..];
        return true;
    }
}
