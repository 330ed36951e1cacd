namespace Telemetry.Collector.Quotas.Reading;

/// <summary>Reads a time as the SDK writes it: RFC 3339 in UTC, with up to seven digits of a second.</summary>
internal static class PlainTime
{
    private const int SecondsLength = 19;
    private const int MaxFraction = 7;
    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Reads the time in whole Unix milliseconds; what is less is cut off.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length <= SecondsLength || text[^1] != (byte)'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return false;
        int year = (Pair(text, 0) * 100) + Pair(text, 2), month = Pair(text, 5), day = Pair(text, 8);
        int hour = Pair(text, 11), minute = Pair(text, 14), second = Pair(text, 17);
        if ((Pair(text, 0) | Pair(text, 2) | month | day | hour | minute | second) < 0 ||
            year is < 1970 or > 2299 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) ||
            hour > 23 || minute > 59 || second > 59 || !TryReadFraction(text[SecondsLength..^1], out var fraction))
        {
            return false;
        }

        var days = new DateOnly(year, month, day).DayNumber - UnixEpochDay;
        milliseconds = (((((((days * 24L) + hour) * 60) + minute) * 60) + second) * 1000) + fraction;
        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, out int milliseconds)
    {
        milliseconds = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] != (byte)'.' || text.Length is < 2 or > MaxFraction + 1)
            return false;
        for (var i = 1; i < Math.Max(text.Length, 4); i++)
        {
            var digit = i < text.Length ? text[i] - '0' : 0;
            if ((uint)digit > 9)
                return false;
            if (i <= 3)
                milliseconds = (milliseconds * 10) + digit;
        }

        return true;
    }

    private static int Pair(ReadOnlySpan<byte> text, int at)
    {
        int high = text[at] - '0', low = text[at + 1] - '0';
        return (uint)high <= 9 && (uint)low <= 9 ? (high * 10) + low : -1;
    }
}
