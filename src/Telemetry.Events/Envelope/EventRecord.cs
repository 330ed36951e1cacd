namespace Telemetry.Events.Envelope;

/// <summary>
/// What the publishing thread writes of an event: all that only that thread knows. The rest of the envelope is added by
/// <see cref="EnvelopeComposer"/> when the event is sent. A view into the buffer of whoever made it, and valid as long as that says.
/// </summary>
/// <remarks>Passed by reference and filled field by field, for the reason that <see cref="RecordLayout"/> gives.</remarks>
internal ref struct EventRecord
{
    /// <summary>What events of this kind begin with.</summary>
    public EnvelopePrefix Prefix;

    public Guid Id;

    public DateTime Time;

    public ReadOnlySpan<byte> Bytes;

    public RecordLayout Layout;

    /// <summary>Bytes of the composed event, envelope and key together: what a broker's limit is for, and what the lanes count.</summary>
    public readonly int EventLength => EnvelopeComposer.EventLength(Prefix, Layout);
}
