namespace Telemetry.Collector.Windows;

/// <summary>Cuts a window out of a line.</summary>
internal static class WindowKnots
{
    /// <summary>The window's start and finish with the values given for them, and the line's points between.</summary>
    public static List<SamplePoint> Cut(SampleLine line, double length, double atStart, double atFinish)
    {
        var knots = new List<SamplePoint> { new(0, atStart) };
        for (var i = line.FirstAtOrAfter(0); i < line.Count && line[i].Seconds < length; i++)
        {
            if (line[i].Seconds > 0)
                knots.Add(line[i]);
        }

        knots.Add(new(length, atFinish));
        return knots;
    }

    /// <summary>Points of the line in the window, and at most <paramref name="bracket"/> on either side of it.</summary>
    public static int CountSamples(SampleLine line, double length, int bracket)
    {
        // A sample that stands exactly on an edge is that edge's bracket.
        var first = line.FirstAtOrAfter(0);
        var from = IsAt(line, first, 0) ? first : Math.Max(0, first - bracket);
        var last = line.FirstAtOrAfter(length);
        var to = IsAt(line, last, length) ? last + 1 : Math.Min(line.Count, last + bracket);
        return to - from;
    }

    /// <summary>The line's values inside the window, its edges included.</summary>
    public static IEnumerable<double> ValuesInside(SampleLine line, double length)
    {
        for (var i = line.FirstAtOrAfter(0); i < line.Count && line[i].Seconds <= length; i++)
            yield return line[i].Value;
    }

    /// <summary>The line's slopes between the samples inside the window.</summary>
    public static IEnumerable<double> RatesInside(SampleLine line, double length)
    {
        for (var i = line.FirstAtOrAfter(0) + 1; i < line.Count && line[i].Seconds <= length; i++)
            yield return line.SlopeTo(i);
    }

    private static bool IsAt(SampleLine line, int index, double seconds) => index < line.Count && line[index].Seconds == seconds;
}
