using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The sequences of class Audit, shared by its lanes. Whoever holds <see cref="Gate"/> composes the next event and takes its sequence
/// only when a log has it: what is refused leaves no gap, and the order in a log is that of the sequences.
/// </summary>
internal sealed class AuditOrder
{
    private const int KeptBytes = 64 * 1024;

    // Guarded by Gate.
    private readonly EnvelopeComposer _composer = new();
    private byte[] _buffer = new byte[4 * 1024];
    private long _last;

    public Lock Gate { get; } = new();

    /// <summary>The event with the sequence that is next; valid until the next call.</summary>
    public OutgoingEvent Compose(in EventRecord record)
    {
        var length = record.EventLength;
        if (length > KeptBytes)
            return _composer.Compose(record, _last + 1, new byte[length]);
        if (length > _buffer.Length)
            _buffer = new byte[KeptBytes];
        return _composer.Compose(record, _last + 1, _buffer);
    }

    /// <summary>A log has the event that was composed last.</summary>
    public void Advance() => _last++;
}
