using System.Buffers;
using System.Text;

namespace Telemetry.Collector.Api;

/// <summary>The beginning of a record's value in a form that JSON can carry: text where it is UTF-8, else base64.</summary>
internal readonly record struct RawPreview(string? Text, string? Base64, bool IsTruncated)
{
    public const int MaxBytes = 4096;

    public static RawPreview Of(ReadOnlySpan<byte> raw)
    {
        var shown = raw[..Math.Min(raw.Length, MaxBytes)];
        var isTruncated = shown.Length < raw.Length;
        var text = isTruncated ? WithoutSplitCharacter(shown) : shown;
        return System.Text.Unicode.Utf8.IsValid(text)
            ? new RawPreview(Encoding.UTF8.GetString(text), null, isTruncated)
            : new RawPreview(null, Convert.ToBase64String(shown), isTruncated);
    }

    // The cut may have gone through a character, which does not make the value any less UTF-8.
    private static ReadOnlySpan<byte> WithoutSplitCharacter(ReadOnlySpan<byte> shown) =>
        Rune.DecodeLastFromUtf8(shown, out _, out var consumed) is OperationStatus.NeedMoreData ? shown[..^consumed] : shown;
}
