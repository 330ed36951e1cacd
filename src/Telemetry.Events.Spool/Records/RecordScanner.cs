namespace Telemetry.Events.Spool.Records;

/// <summary>
/// Finds records in bytes of which nothing is certain. Pure: the same bytes give the same steps. Each step moves on by at least a byte, so
/// that a walk over any bytes ends.
/// </summary>
internal static class RecordScanner
{
    /// <summary>Looks at the start of a window.</summary>
    /// <param name="window">Bytes of a segment, from where the last step ended.</param>
    /// <param name="isLast">Whether the window reaches the segment's end.</param>
    /// <param name="logId">The id of the log that the segment belongs to.</param>
    public static ScanStep Next(ReadOnlySpan<byte> window, bool isLast, long logId)
    {
        if (window.IsEmpty)
            return isLast ? new ScanStep(ScanKind.End, 0) : new ScanStep(ScanKind.NeedMore, RecordHeader.Size);
        if (window.Length < RecordHeader.Size)
            return isLast ? PassOver(window, DamageReason.Torn, isLast) : new ScanStep(ScanKind.NeedMore, RecordHeader.Size);

        if (RecordHeader.TryRead(window, logId, out var header) is { } reason)
            return PassOver(window, reason, isLast);
        if (header.RecordBytes > window.Length)
            return isLast ? PassOver(window, DamageReason.Torn, isLast, header) : new ScanStep(ScanKind.NeedMore, header.RecordBytes);
        return RecordHeader.Hash(window[RecordHeader.Size..header.RecordBytes], logId) == header.ContentHash
            ? new ScanStep(ScanKind.Record, header.RecordBytes, header)
            : PassOver(window, DamageReason.Content, isLast, header);
    }

    // To the next mark, and not by the damaged record's length: where bytes were cut out, the next record starts before its end.
    private static ScanStep PassOver(ReadOnlySpan<byte> window, DamageReason reason, bool isLast, RecordHeader header = default)
    {
        var next = window[1..].IndexOf(RecordHeader.Mark) + 1;
        if (next == 0)
        {
            // A mark may begin in the last bytes.
            next = isLast ? window.Length : window.Length - RecordHeader.Mark.Length + 1;
        }

        var data = window[..next].LastIndexOfAnyExcept((byte)0) + 1;
        return data > 0 ? new ScanStep(ScanKind.Damage, next, header, reason, data) : new ScanStep(ScanKind.Zeros, next);
    }
}
