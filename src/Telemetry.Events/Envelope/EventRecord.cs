namespace Telemetry.Events.Envelope;

/// <summary>
/// What the publishing thread writes of an event: all that only that thread knows. The rest of the envelope is added by
/// <see cref="EnvelopeComposer"/> when the event is sent. A view into the buffer of whoever made it, and valid as long as that says.
/// </summary>
internal readonly ref struct EventRecord(
    EnvelopePrefix prefix, Guid id, DateTime time, ReadOnlySpan<byte> bytes, scoped in RecordLayout layout)
{
    /// <summary>What events of this kind begin with.</summary>
    public EnvelopePrefix Prefix { get; } = prefix;

    public Guid Id { get; } = id;

    public DateTime Time { get; } = time;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public RecordLayout Layout { get; } = layout;

    /// <summary>Bytes of the composed event, envelope and key together: what a broker's limit is for, and what the lanes count.</summary>
    public int EventLength { get; } = EnvelopeComposer.EventLength(prefix, layout);
}
