using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>Writes events into a produce request.</summary>
internal static class RecordEncoder
{
    /// <summary>Encodes as many of the events as fit, at least one, and returns how many.</summary>
    /// <param name="buffer">Cleared first.</param>
    /// <param name="layout">The dialect's and format's bytes.</param>
    /// <param name="batch">All events of the batch.</param>
    /// <param name="positions">Which of them are to be sent, in this order. Not empty.</param>
    /// <param name="maxBytes">The most bytes of the request; a larger first record is encoded all the same.</param>
    public static int Encode(
        PooledBuffer buffer, RecordLayout layout, ReadOnlySpan<OutgoingEvent> batch, ReadOnlySpan<int> positions, int maxBytes)
    {
        buffer.Clear();
        buffer.Write(layout.Open);
        var room = Math.Max(0L, maxBytes - layout.Open.Length - layout.Close.Length);
        var count = 0;
        // Written to on its own, and told to the buffer when it is used up: a call a record costs as much as the base64 of its key.
        var target = Span<byte>.Empty;
        var written = 0;
        foreach (var position in positions)
        {
            ref readonly var outgoing = ref batch[position];
            var most = MaxRecordBytes(layout, outgoing.Key.Length, outgoing.Body.Length);
            if (count > 0 && buffer.Length - layout.Open.Length + written + most > room)
                break;
            if (target.Length - written < most)
            {
                buffer.Advance(written);
                target = buffer.GetSpan(checked((int)most));
                written = 0;
            }

            written += Write(layout, outgoing, isFirst: count == 0, target[written..]);
            count++;
        }

        buffer.Advance(written);
        buffer.Write(layout.Close);
        return count;
    }

    /// <summary>How many bytes a request needs at most for one event of this size, to compare with a limit.</summary>
    public static long MaxRequestBytes(RecordLayout layout, int keyBytes, int bodyBytes) =>
        layout.Open.Length + MaxRecordBytes(layout, keyBytes, bodyBytes) + layout.Close.Length;

    private static int Write(RecordLayout layout, in OutgoingEvent outgoing, bool isFirst, Span<byte> target)
    {
        var written = 0;
        var key = outgoing.Key.Span;
        if (key.IsEmpty)
        {
            Copy(isFirst ? layout.ValueAlone : layout.NextValueAlone, target, ref written);
        }
        else
        {
            Copy(isFirst ? layout.KeyOpen : layout.NextKeyOpen, target, ref written);
            if (layout.JsonKey)
                // By way of a string: bytes that are no UTF-8 are replaced, where the other overload would throw.
                Copy(JsonEncodedText.Encode(Encoding.UTF8.GetString(key)).EncodedUtf8Bytes, target, ref written);
            else
                CopyBase64(key, target, ref written);
            Copy(layout.ValueAfterKey, target, ref written);
        }

        if (layout.JsonValue)
            Copy(outgoing.Body.Span, target, ref written);
        else
            CopyBase64(outgoing.Body.Span, target, ref written);
        Copy(layout.RecordEnd, target, ref written);
        return written;
    }

    private static long MaxRecordBytes(RecordLayout layout, int keyBytes, int bodyBytes)
    {
        // JSON may write one byte of a key as six: \u0000.
        var key = layout.JsonKey ? 6L * keyBytes : Base64.GetMaxEncodedToUtf8Length(keyBytes);
        var body = layout.JsonValue ? bodyBytes : Base64.GetMaxEncodedToUtf8Length(bodyBytes);
        return layout.NextKeyOpen.Length + key + layout.ValueAfterKey.Length + body + layout.RecordEnd.Length;
    }

    private static void Copy(ReadOnlySpan<byte> bytes, Span<byte> target, ref int written)
    {
        bytes.CopyTo(target[written..]);
        written += bytes.Length;
    }

    private static void CopyBase64(ReadOnlySpan<byte> bytes, Span<byte> target, ref int written)
    {
        Base64.EncodeToUtf8(bytes, target[written..], out _, out var count);
        written += count;
    }
}
