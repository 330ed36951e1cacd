using Telemetry.Events.Envelope;

namespace Telemetry.Events.Publishing;

/// <summary>An encoded event that waits for room, and so outlives the thread's buffer.</summary>
internal sealed class DetachedEvent(EventDescriptor descriptor, in EncodedEvent encoded)
{
    private readonly byte[] _bytes = encoded.Bytes.ToArray();
    private readonly DateTime _time = encoded.Time;
    private readonly int _bodyLength = encoded.BodyLength;
    private readonly int _sequenceOffset = encoded.SequenceOffset;
    private readonly int _traceOffset = encoded.TraceOffset;

    public EventDescriptor Descriptor => descriptor;

    public Guid Id { get; } = encoded.Id;

    public EncodedEvent View() => new(Id, _time, _bytes, _bodyLength, _sequenceOffset, _traceOffset);
}
