using Telemetry.Events.Transport;

namespace Telemetry.Events.Envelope;

/// <summary>
/// Makes an event's final bytes of its record: a structured-mode CloudEvents 1.0 object and the record's key. The same record and
/// sequence give the same bytes. Owned by one thread at a time.
/// </summary>
/// <remarks>
/// What all events of a kind have in common, and the text of id, time and sequence, are more than half of an event. Written here they
/// cost the publishing threads nothing, and the memory in which events wait is half as large.
/// </remarks>
internal sealed class EnvelopeComposer
{
    private readonly SequenceFormatter _sequences = new();
    private readonly TimestampFormatter _times = new();

    private static ReadOnlySpan<byte> Subject => ",\"subject\":\""u8;

    private static ReadOnlySpan<byte> PartitionKey => ",\"partitionkey\":\""u8;

    private static ReadOnlySpan<byte> TraceParent => ",\"traceparent\":\""u8;

    /// <summary>Bytes of envelope and key together.</summary>
    public static int EventLength(EnvelopePrefix prefix, in RecordLayout layout) =>
        prefix.Bytes.Length
        + MemberLength(Subject, layout.SubjectLength)
        + MemberLength(PartitionKey, layout.KeyLength)
        + MemberLength(TraceParent, layout.TraceParentEnd)
        + layout.MembersLength
        + layout.KeyLength - layout.KeyEscapes;

    /// <summary>Writes the event into the buffer; the result is a view of it.</summary>
    /// <param name="record">The event.</param>
    /// <param name="sequence">Its sequence, which admission has given.</param>
    /// <param name="buffer">At least as long as <see cref="EventRecord.EventLength"/>.</param>
    public OutgoingEvent Compose(in EventRecord record, long sequence, Memory<byte> buffer)
    {
        var prefix = record.Prefix;
        var layout = record.Layout;
        var bytes = buffer.Span;
        prefix.Bytes.CopyTo(bytes);
        _sequences.Write(sequence, bytes.Slice(prefix.SequenceOffset, SequenceFormatter.TextLength));
        record.Id.TryFormat(bytes[prefix.IdOffset..], out _);
        _times.Write(record.Time, bytes.Slice(prefix.TimeOffset, TimestampFormatter.TextLength));

        var subject = record.Bytes.Slice(layout.SubjectStart, layout.SubjectLength);
        var key = record.Bytes.Slice(layout.KeyStart, layout.KeyLength);
        var members = record.Bytes[layout.TraceParentEnd..layout.MembersEnd];
        var position = WriteMember(bytes, prefix.Bytes.Length, Subject, subject);
        position = WriteMember(bytes, position, PartitionKey, key);
        var keyOffset = position - key.Length - 1;
        position = WriteMember(bytes, position, TraceParent, record.Bytes[..layout.TraceParentEnd]);
        members.CopyTo(bytes[position..]);
        position += members.Length;

        if (layout.KeyEscapes > 0)
        {
            keyOffset = position;
            Unescape(key, bytes[position..]);
        }

        return new OutgoingEvent(
            record.Id,
            prefix.Descriptor.Topic,
            key.IsEmpty ? default : buffer.Slice(keyOffset, key.Length - layout.KeyEscapes),
            buffer[..position]);
    }

    private static int MemberLength(ReadOnlySpan<byte> member, int textLength) => textLength == 0 ? 0 : member.Length + textLength + 1;

    private static int WriteMember(Span<byte> bytes, int position, ReadOnlySpan<byte> member, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return position;
        bytes = bytes.Slice(position, member.Length + text.Length + 1);
        member.CopyTo(bytes);
        text.CopyTo(bytes[member.Length..]);
        bytes[^1] = (byte)'"';
        return position + bytes.Length;
    }

    // A cleaned attribute holds no control characters, so that each escape is a reverse solidus before what it stands for.
    private static void Unescape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\')
                i++;
            destination[written++] = text[i];
        }
    }
}
