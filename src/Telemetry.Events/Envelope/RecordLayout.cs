namespace Telemetry.Events.Envelope;

/// <summary>
/// How a record's bytes are divided: the trace parent, then JSON members as they stand in the envelope, the data last of all, and then
/// the texts of subject and key, but for one that stands in the data already. Texts are escaped as JSON asks, and stand without
/// quotation marks. A part that the event does not have is empty.
/// </summary>
/// <remarks>
/// Fields, to be written and copied one by one (<see cref="CopyTo"/>). Copied as a whole, which takes one wide instruction, a layout
/// that was just written would be waited for until all of its fields have reached the cache: ten nanoseconds.
/// </remarks>
internal struct RecordLayout
{
    /// <summary>Where the trace parent ends, with which the record begins, and the members begin.</summary>
    public int TraceParentEnd;

    /// <summary>Where the members end.</summary>
    public int MembersEnd;

    /// <summary>Where the subject stands, be it in the data or behind it.</summary>
    public int SubjectStart;

    public int SubjectLength;

    /// <summary>Where the key stands, be it as the subject, in the data or behind it.</summary>
    public int KeyStart;

    public int KeyLength;

    /// <summary>Bytes of the key that are there only because JSON asks for an escape.</summary>
    public int KeyEscapes;

    /// <summary>Bytes in all.</summary>
    public int Length;

    public readonly int MembersLength => MembersEnd - TraceParentEnd;

    public readonly void CopyTo(ref RecordLayout other)
    {
        other.TraceParentEnd = TraceParentEnd;
        other.MembersEnd = MembersEnd;
        other.SubjectStart = SubjectStart;
        other.SubjectLength = SubjectLength;
        other.KeyStart = KeyStart;
        other.KeyLength = KeyLength;
        other.KeyEscapes = KeyEscapes;
        other.Length = Length;
    }
}
