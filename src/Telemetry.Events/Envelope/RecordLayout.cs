namespace Telemetry.Events.Envelope;

/// <summary>
/// How a record's bytes are divided: the subject's text, the key's, the trace parent, and then the rest, which are JSON members as
/// they stand in the envelope, the data last of all. Texts are escaped as JSON asks, and stand without quotation marks.
/// </summary>
internal readonly record struct RecordLayout
{
    /// <summary>Bytes in all.</summary>
    public required int Length { get; init; }

    /// <summary>0 where there is no subject.</summary>
    public int SubjectLength { get; init; }

    /// <summary>0 where there is no key.</summary>
    public int KeyLength { get; init; }

    /// <summary>How many bytes of the key are there only because JSON asks for an escape.</summary>
    public int KeyEscapes { get; init; }

    /// <summary>Whether the key is the subject: such a text stands once.</summary>
    public bool KeyIsSubject { get; init; }

    public bool HasTraceParent { get; init; }

    public int KeyOffset => KeyIsSubject ? 0 : SubjectLength;

    public int TraceParentOffset => KeyOffset + KeyLength;

    public int RestOffset => TraceParentOffset + (HasTraceParent ? TraceParentFormatter.TextLength : 0);
}
