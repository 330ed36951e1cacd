using System.Globalization;
using System.Runtime.InteropServices;

namespace Telemetry.Events.Spool.Storage;

/// <summary>
/// What a segment's file name says: the position of its first record, the log's id, and how many positions before the first were given up
/// by failed commits. In the name, because damage to the file's content cannot reach it there.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentName(long FirstPosition, long LogId, long GivenUp)
{
    public const string Extension = ".segment";
    private const int PositionDigits = 19;
    private const int IdDigits = 16;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FirstPosition:D19}-{LogId:x16}-{GivenUp}{Extension}");

    public static bool TryParse(ReadOnlySpan<char> file, out SegmentName name)
    {
        name = default;
        const int GivenUpAt = PositionDigits + 1 + IdDigits + 1;
        if (!file.EndsWith(Extension, StringComparison.Ordinal) || file.Length <= GivenUpAt + Extension.Length)
            return false;
        if (!long.TryParse(file[..PositionDigits], NumberStyles.None, CultureInfo.InvariantCulture, out var first) ||
            !long.TryParse(file.Slice(PositionDigits + 1, IdDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var logId) ||
            !long.TryParse(file[GivenUpAt..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var givenUp))
        {
            return false;
        }

        name = new SegmentName(first, logId, givenUp);
        return first > 0 && givenUp < first && file.SequenceEqual(name.ToString());
    }
}
