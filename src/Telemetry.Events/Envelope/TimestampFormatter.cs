using System.Globalization;

namespace Telemetry.Events.Envelope;

/// <summary>RFC 3339 in UTC with seven digits of a second: <c>2026-01-31T12:00:00.1230000Z</c>. Owned by one thread.</summary>
/// <remarks>Date and time to the second are formatted once a second and then copied: consecutive events mostly share them.</remarks>
internal sealed class TimestampFormatter
{
    public const int TextLength = 28;

    private const int SecondsLength = 19;
    private readonly byte[] _seconds = new byte[SecondsLength];
    private long _second = -1;

    /// <summary>Writes <see cref="TextLength"/> bytes.</summary>
    public void Write(DateTime utc, Span<byte> destination)
    {
        var second = utc.Ticks / TimeSpan.TicksPerSecond;
        if (second != _second)
        {
            utc.TryFormat(_seconds, out _, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            _second = second;
        }

        _seconds.CopyTo(destination);
        WriteFraction((uint)(utc.Ticks % TimeSpan.TicksPerSecond), destination[SecondsLength..]);
    }

    /// <summary>The same without the memory of the last second.</summary>
    public static void Format(DateTime utc, Span<byte> destination)
    {
        utc.TryFormat(destination, out _, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        WriteFraction((uint)(utc.Ticks % TimeSpan.TicksPerSecond), destination[SecondsLength..]);
    }

    private static void WriteFraction(uint ticks, Span<byte> destination)
    {
        var (high, low) = (ticks / 10_000, ticks % 10_000);
        destination[8] = (byte)'Z';
        DigitPair.Write(low % 100, destination[6..]);
        DigitPair.Write(low / 100, destination[4..]);
        DigitPair.Write(high % 100, destination[2..]);
        destination[1] = (byte)('0' + (high / 100));
        destination[0] = (byte)'.';
    }
}
