namespace Telemetry.Events.Envelope;

/// <summary>Two decimal digits. Pairs do not wait for each other; one digit after the other would.</summary>
internal static class DigitPair
{
    /// <summary>Writes a number below 100.</summary>
    public static void Write(uint value, Span<byte> destination)
    {
        destination[1] = (byte)('0' + (value % 10));
        destination[0] = (byte)('0' + (value / 10));
    }
}
