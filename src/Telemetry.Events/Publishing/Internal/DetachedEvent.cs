using Telemetry.Events.Envelope;

namespace Telemetry.Events.Publishing;

/// <summary>An event's record that waits for room, and so outlives the thread's buffer.</summary>
internal sealed class DetachedEvent(in EventRecord record)
{
    private readonly EnvelopePrefix _prefix = record.Prefix;
    private readonly DateTime _time = record.Time;
    private readonly byte[] _bytes = record.Bytes.ToArray();
    private readonly RecordLayout _layout = record.Layout;

    public EventDescriptor Descriptor => _prefix.Descriptor;

    public Guid Id { get; } = record.Id;

    public EventRecord View() => new() { Prefix = _prefix, Id = Id, Time = _time, Bytes = _bytes, Layout = _layout };
}
