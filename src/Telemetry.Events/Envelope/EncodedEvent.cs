namespace Telemetry.Events.Envelope;

/// <summary>
/// An event in its final bytes, but for the sequence, which only admission can give. A view into the thread's buffer: valid until
/// that thread encodes its next event.
/// </summary>
internal readonly ref struct EncodedEvent(
    Guid id, DateTime time, ReadOnlySpan<byte> bytes, int bodyLength, int sequenceOffset, int traceOffset)
{
    /// <summary>Digits of the sequence on the wire.</summary>
    public const int SequenceDigits = 20;

    public Guid Id { get; } = id;

    public DateTime Time { get; } = time;

    /// <summary>The body, and behind it the record's key.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int BodyLength { get; } = bodyLength;

    /// <summary>Where the room for the sequence stands in the body.</summary>
    public int SequenceOffset { get; } = sequenceOffset;

    /// <summary>Where the traceparent's value stands in the body; 0 for none.</summary>
    public int TraceOffset { get; } = traceOffset;

    public ReadOnlySpan<byte> Body => Bytes[..BodyLength];

    public ReadOnlySpan<byte> Key => Bytes[BodyLength..];
}
