namespace Telemetry.Collector.Windows;

/// <summary>The stretch between an edge of the window and the nearest sample outside: what may have been counted there.</summary>
/// <param name="Seconds">Its length; 0 where a sample stands on the edge.</param>
/// <param name="Unseen">Seconds inside the window that have no sample on the far side at all.</param>
/// <param name="Lo">The least that was counted in it.</param>
/// <param name="Hi">The most.</param>
/// <param name="Rate">The rate outside, from the two samples next to the edge; null where there is only one.</param>
/// <param name="Method">One of <see cref="WindowMethod"/>.</param>
internal readonly record struct OutsidePiece(
    double Seconds, double Unseen, double Lo, double Hi, double? Rate, string Method)
{
    public static OutsidePiece BeforeStart(SampleLine line, Background background, double? capacity)
    {
        var inside = line.FirstAtOrAfter(0);
        if (inside < line.Count && line[inside].Seconds == 0)
            return OnSample(inside > 0 ? line.SlopeTo(inside) : null);
        if (inside == 0)
            return Nothing(line[0].Seconds);
        // With no sample at or after the start there is no interval to speak about; the other edge tells.
        if (inside == line.Count)
            return new OutsidePiece(-line[^1].Seconds, 0, 0, 0, Slope(line, inside - 1), WindowMethod.Linear);

        return Of(line, inside, -line[inside - 1].Seconds, inside - 1, background, capacity);
    }

    public static OutsidePiece AfterFinish(SampleLine line, double length, Background background, double? capacity)
    {
        var outside = line.FirstAtOrAfter(length);
        if (outside < line.Count && line[outside].Seconds == length)
            return OnSample(Slope(line, outside + 1));
        if (outside == line.Count)
            return Nothing(length - Math.Max(0, line[^1].Seconds));
        if (outside == 0)
            return new OutsidePiece(line[0].Seconds - length, 0, 0, 0, Slope(line, 1), WindowMethod.Linear);

        return Of(line, outside, line[outside].Seconds - length, outside + 1, background, capacity);
    }

    /// <param name="line">The counter.</param>
    /// <param name="end">The interval that the edge lies in ends at this point.</param>
    /// <param name="seconds">How much of the interval is outside.</param>
    /// <param name="beside">The interval next to it, away from the window, ends at this point.</param>
    /// <param name="background">How much the rate outside moves.</param>
    /// <param name="capacity">The highest rate there can be.</param>
    private static OutsidePiece Of(
        SampleLine line, int end, double seconds, int beside, Background background, double? capacity)
    {
        var interval = line[end].Seconds - line[end - 1].Seconds;
        var counted = line[end].Value - line[end - 1].Value;
        // What no rate of the machine can exceed, whatever ran: neither outside the edge nor inside of it.
        var (least, most) = capacity is { } rate
            ? (Math.Clamp(counted - rate * (interval - seconds), 0, counted), Math.Min(counted, rate * seconds))
            : (0.0, counted);
        most = Math.Max(least, most);
        if (Slope(line, beside) is not { } outside)
            return new OutsidePiece(seconds, 0, least, most, null, WindowMethod.Linear);

        var margin = background.BesideMargin(seconds, line[beside].Seconds - line[beside - 1].Seconds);
        return new OutsidePiece(
            seconds, 0,
            Math.Clamp(outside * seconds - margin, least, most), Math.Clamp(outside * seconds + margin, least, most),
            outside, WindowMethod.ChangePoint);
    }

    private static OutsidePiece OnSample(double? rate) => new(0, 0, 0, 0, rate, WindowMethod.Exact);

    private static OutsidePiece Nothing(double unseen) => new(0, unseen, 0, 0, null, WindowMethod.Linear);

    private static double? Slope(SampleLine line, int end) => end > 0 && end < line.Count ? line.SlopeTo(end) : null;
}
