namespace Telemetry.Collector.Windows;

/// <summary>A counter over a window: its increase, and the rates that the increase came at.</summary>
public static class CounterWindow
{
    private static readonly Estimate Nothing = new(0, 0, 0, WindowMethod.Exact);

    // An edge piece shorter than this share of its scrape interval is joined with its neighbour: what the change-point rule
    // errs by over a whole interval would otherwise be divided by next to no time, and stand there as the maximum.
    private const double ShortestPiece = 0.5;

    /// <summary>
    /// The figures over the seconds from 0 to <paramref name="length"/>. The integral is the increase; the others are rates.
    /// A single moment has the rate of the interval that it stands in, and the integral 0.
    /// </summary>
    /// <param name="line">As <see cref="CounterLine"/> makes it: never falling, with at least two points.</param>
    /// <param name="length">The window's length in seconds.</param>
    /// <exception cref="ArgumentException">The line has fewer than two points: no rate can be told.</exception>
    public static WindowStatistics Summarize(SampleLine line, double length)
    {
        if (line.Count < 2)
            throw new ArgumentException("A rate needs at least two samples.", nameof(line));

        var samples = WindowKnots.CountSamples(line, length, bracket: 2);
        if (length == 0)
        {
            var rate = line.SlopeTo(Math.Clamp(line.FirstAtOrAfter(0), 1, line.Count - 1));
            return new WindowStatistics(rate, rate, rate, rate, 0, samples);
        }

        var (atStart, atFinish) = ChangePoint.Edges(line, length);
        var knots = WindowKnots.Cut(line, length, atStart, atFinish);
        JoinShortEdges(knots, line);
        var segments = knots.Zip(knots.Skip(1), Rate).ToArray();
        return TimeWeighted.Summarize(segments, atFinish - atStart, samples);
    }

    /// <summary>
    /// The figures of <see cref="Summarize"/>, with bounds, and the run's own part. Where other runs are near, all are solved
    /// for together, and the node's increase is what that solution says.
    /// </summary>
    /// <param name="history">The counter around the window.</param>
    /// <param name="length">The window's length in seconds.</param>
    /// <param name="others">The other runs known on the node; those that are far away change nothing.</param>
    /// <exception cref="ArgumentException">The line has fewer than two points: no rate can be told.</exception>
    public static CounterFigures Measure(CounterHistory history, double length, IReadOnlyList<RunSpan> others)
    {
        var statistics = Summarize(history.Line, length);
        var (node, own) = length == 0 ? (Nothing, Nothing)
            : JointRuns.AreNear(history.Line, length, others) ? JointRuns.Bound(history, length, others)
            : LoneRun.Bound(history, length, statistics.Integral);
        var rates = WindowKnots.RatesInside(history.Line, length);
        return new CounterFigures(WindowEstimates.Of(statistics, node, length, 0, history.Capacity, rates), own);
    }

    private static WindowSegment Rate(SamplePoint from, SamplePoint to)
    {
        var seconds = to.Seconds - from.Seconds;
        var rate = (to.Value - from.Value) / seconds;
        return new WindowSegment(seconds, rate, rate);
    }

    private static void JoinShortEdges(List<SamplePoint> knots, SampleLine line)
    {
        if (knots.Count > 2 && knots[1].Seconds < ShortestPiece * IntervalEndingAt(line, knots[1].Seconds))
            knots.RemoveAt(1);
        var last = knots.Count - 1;
        if (last > 1 && knots[last].Seconds - knots[last - 1].Seconds
            < ShortestPiece * IntervalBeginningAt(line, knots[last - 1].Seconds))
            knots.RemoveAt(last - 1);
    }

    /// <summary>Seconds since the sample before; without end where the line begins here, as nothing is known before.</summary>
    private static double IntervalEndingAt(SampleLine line, double seconds)
    {
        var index = line.FirstAtOrAfter(seconds);
        return index == 0 ? double.PositiveInfinity : seconds - line[index - 1].Seconds;
    }

    private static double IntervalBeginningAt(SampleLine line, double seconds)
    {
        var index = line.FirstAtOrAfter(seconds);
        return index == line.Count - 1 ? double.PositiveInfinity : line[index + 1].Seconds - seconds;
    }
}
