using Telemetry.Collector.DeadLetters;

namespace Telemetry.Collector.Api;

/// <summary>A record that could not be used, with the reason.</summary>
/// <param name="Topic">The topic it was read from.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Reason">What is wrong with the record and what would be right.</param>
/// <param name="ReceivedAt">When the Collector read it; UTC.</param>
/// <param name="RawText">The beginning of the record's value, where that is valid UTF-8; else null.</param>
/// <param name="RawBase64">The beginning of the record's value, where it is not valid UTF-8; else null.</param>
/// <param name="RawLength">Bytes of the whole value.</param>
/// <param name="RawTruncated">Whether raw_text or raw_base64 ends before the value does: they show 4,096 bytes at most.</param>
public sealed record DeadLetterResponse(
    string Topic,
    int Partition,
    long Offset,
    string Reason,
    DateTime ReceivedAt,
    string? RawText,
    string? RawBase64,
    int RawLength,
    bool RawTruncated)
{
    internal static DeadLetterResponse From(DeadLetter letter)
    {
        var preview = RawPreview.Of(letter.Raw.Span);
        return new DeadLetterResponse(
            letter.Topic,
            letter.Partition,
            letter.Offset,
            letter.Reason,
            letter.ReceivedAt.UtcDateTime,
            preview.Text,
            preview.Base64,
            letter.Raw.Length,
            preview.IsTruncated);
    }
}
