namespace Telemetry.Events.Envelope;

/// <summary>A sequence as 20 digits. Owned by one thread.</summary>
/// <remarks>All but the last four digits are remembered: consecutive events mostly share them.</remarks>
internal sealed class SequenceFormatter
{
    public const int TextLength = 20;

    private const int LastDigits = 4;
    private const long Modulus = 10_000;
    private readonly byte[] _first = new byte[TextLength - LastDigits];
    private long _remembered = -1;

    /// <summary>Writes <see cref="TextLength"/> bytes.</summary>
    public void Write(long sequence, Span<byte> destination)
    {
        var (first, last) = Math.DivRem(sequence, Modulus);
        if (first != _remembered)
        {
            first.TryFormat(_first, out _, "D16");
            _remembered = first;
        }

        _first.CopyTo(destination);
        DigitPair.Write((uint)last / 100, destination[^LastDigits..]);
        DigitPair.Write((uint)last % 100, destination[^2..]);
    }
}
