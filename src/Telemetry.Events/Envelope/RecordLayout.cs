namespace Telemetry.Events.Envelope;

/// <summary>
/// How a record's bytes are divided: the subject's text, the key's, the trace parent, and then the rest, which are JSON members as
/// they stand in the envelope, the data last of all. Texts are escaped as JSON asks, and stand without quotation marks. A part that
/// the event does not have is empty.
/// </summary>
/// <remarks>
/// Fields, to be written and copied one by one (<see cref="CopyTo"/>). Copied as a whole, which takes one wide instruction, a layout
/// that was just written would be waited for until all of its fields have reached the cache: ten nanoseconds.
/// </remarks>
internal struct RecordLayout
{
    /// <summary>Bytes of the subject, with which the record begins.</summary>
    public int SubjectEnd;

    /// <summary>Where the key begins: behind the subject, or at 0 where the key is the subject, which then stands once.</summary>
    public int KeyStart;

    /// <summary>Where the key ends and the trace parent begins.</summary>
    public int KeyEnd;

    /// <summary>Bytes of the key that are there only because JSON asks for an escape.</summary>
    public int KeyEscapes;

    /// <summary>Where the trace parent ends and the rest begins.</summary>
    public int RestStart;

    /// <summary>Bytes in all.</summary>
    public int Length;

    public readonly int KeyLength => KeyEnd - KeyStart;

    public readonly int TraceParentLength => RestStart - KeyEnd;

    public readonly int RestLength => Length - RestStart;

    public readonly void CopyTo(ref RecordLayout other)
    {
        other.SubjectEnd = SubjectEnd;
        other.KeyStart = KeyStart;
        other.KeyEnd = KeyEnd;
        other.KeyEscapes = KeyEscapes;
        other.RestStart = RestStart;
        other.Length = Length;
    }
}
