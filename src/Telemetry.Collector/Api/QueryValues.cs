using System.Globalization;

namespace Telemetry.Collector.Api;

/// <summary>Parses query values; collects a sentence for each that is wrong, so that the caller sees all at once.</summary>
internal sealed class QueryValues
{
    private const string TimeForm = "2026-08-01T12:00:00Z";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private readonly List<string> _problems = [];

    /// <summary>All problems as one text, or null.</summary>
    public string? Problem => _problems.Count == 0 ? null : string.Join(' ', _problems);

    public void Fail(string sentence) => _problems.Add(sentence);

    public string? Text(string name, string? value)
    {
        if (value is "")
            Fail($"{name} is empty: give a value, or leave it out.");
        else if (value is not null && value.Contains('\0'))
            Fail($"{name} has the character U+0000, which no run has.");
        return value;
    }

    public DateTimeOffset? Time(string name, string? value)
    {
        if (value is null)
            return null;
        if (DateTimeOffset.TryParseExact(
            value,
            TimeFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time))
        {
            return time;
        }

        Fail($"{name} '{value}' is not a time. Write it as {TimeForm}, or with an offset whose plus sign is sent as %2B: 2026-08-01T14:00:00%2B02:00.");
        return null;
    }

    /// <summary>The span of the parameters from and to.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Span(string? from, string? to)
    {
        var (first, last) = (Time("from", from), Time("to", to));
        if (first > last)
            Fail("from is after to: exchange them.");
        return (first, last);
    }

    public bool IsCsv(string? format)
    {
        if (format is not (null or "json" or "csv"))
            Fail($"format '{format}' is not one of json, csv.");
        return format is "csv";
    }

    public int Limit(string? value, int fallback, int max)
    {
        if (value is null)
            return fallback;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max)
            return limit;
        Fail($"limit '{value}' is not a whole number from 1 to {max}.");
        return fallback;
    }
}
