namespace Telemetry.Collector.Windows;

/// <summary>
/// The value of a counter's line at the edges of a window. Something began at the window's start and ended at its finish, so
/// the rate changes there and a straight line across the edge would smear it. Instead the rate outside the window is carried
/// up to the edge: from before up to the start, from after back to the finish. See docs/window-metrics.md.
/// </summary>
internal static class ChangePoint
{
    /// <summary>Values at 0 and at <paramref name="length"/>; the second is never below the first.</summary>
    public static (double AtStart, double AtFinish) Edges(SampleLine line, double length)
    {
        var atStart = AtStart(line, 0);
        var atFinish = AtFinish(line, length);
        if (atStart <= atFinish)
            return (atStart, atFinish);

        // Both edges lie between the same two samples, and the backgrounds alone claim more than those gained: nothing is
        // left for the window.
        var middle = atStart / 2 + atFinish / 2;
        return (middle, middle);
    }

    private static double AtStart(SampleLine line, double seconds)
    {
        var after = line.FirstAtOrAfter(seconds);
        if (after < 2 || after == line.Count || line[after].Seconds == seconds)
            return line.At(seconds);

        var before = line[after - 1];
        var carried = before.Value + line.SlopeTo(after - 1) * (seconds - before.Seconds);
        return Math.Clamp(carried, before.Value, line[after].Value);
    }

    private static double AtFinish(SampleLine line, double seconds)
    {
        var after = line.FirstAtOrAfter(seconds);
        if (after == 0 || after >= line.Count - 1 || line[after].Seconds == seconds)
            return line.At(seconds);

        var carried = line[after].Value - line.SlopeTo(after + 1) * (line[after].Seconds - seconds);
        return Math.Clamp(carried, line[after - 1].Value, line[after].Value);
    }
}
