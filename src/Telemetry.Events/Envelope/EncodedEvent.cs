namespace Telemetry.Events.Envelope;

/// <summary>An event in its final bytes, but for the sequence, which only admission can give.</summary>
/// <param name="Id">The CloudEvents id.</param>
/// <param name="Key">The record's key; empty for none.</param>
/// <param name="Body">The envelope; owned by the event from here on.</param>
/// <param name="SequenceOffset">Where the 20 digits of the sequence stand in <paramref name="Body"/>.</param>
internal readonly record struct EncodedEvent(Guid Id, byte[] Key, byte[] Body, int SequenceOffset)
{
    public const int SequenceDigits = 20;

    public int Size => Key.Length + Body.Length;

    /// <summary>Overwrites the placeholder. Call it once, before the body is visible to any other thread.</summary>
    public void SetSequence(long sequence) => sequence.TryFormat(Body.AsSpan(SequenceOffset, SequenceDigits), out _, "D20");
}
