using System.Text;

namespace Telemetry.Collector.Tests.Ingestion;

/// <summary>Damages the bytes of an envelope in every way that comes to mind. The same random numbers give the same damage.</summary>
internal static class EnvelopeDamage
{
    private const int MaxBlock = 60;

    // What a parser stumbles over: structure, escapes, surrogates without their other half, bytes that UTF-8 has not, numbers, depth.
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "0", "-", "1e999999", "\\u0000", "\\ud800", "\\udc00x", "\\u00", "\"\":",
            "\"id\":\"other\",", "\"data\":", "\"time\":\"12:00\",", "2026", " ", "\n", "\ufeff", "/*", "//", new string('[', 100), new string('{', 100),
            new string('9', 400),
        }.Select(Encoding.UTF8.GetBytes),
        [0x00], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
    ];

    public static byte[] Apply(byte[] envelope, byte[] other, Random random)
    {
        var bytes = envelope.AsSpan().ToArray();
        for (var i = random.Next(1, 5); i > 0 && bytes.Length > 0; i--)
            bytes = ApplyOnce(bytes, other, random);
        return bytes;
    }

    private static byte[] ApplyOnce(byte[] bytes, byte[] other, Random random)
    {
        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Min(MaxBlock, bytes.Length - at) + 1);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 4:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. Pieces[random.Next(Pieces.Length)], .. bytes[at..]];
            case 6:
                var piece = Pieces[random.Next(Pieces.Length)];
                return [.. bytes[..at], .. piece, .. bytes[Math.Min(bytes.Length, at + piece.Length)..]];
            case 7:
                random.NextBytes(bytes.AsSpan(at, length));
                return bytes;
            default:
                return [.. bytes[..at], .. other[random.Next(other.Length)..]];
        }
    }
}
