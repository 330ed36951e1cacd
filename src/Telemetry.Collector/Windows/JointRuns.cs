namespace Telemetry.Collector.Windows;

/// <summary>
/// A counter in a window that other runs on the node overlap, or stand so close to that the rate outside is not the
/// background's: all of them are solved for together.
/// </summary>
internal static class JointRuns
{
    // Sample intervals on either side of the window that take part: the rates that the runs have there are the evidence.
    private const int Neighbours = 8;

    // The equations are softened to be solvable in doubles (JointSystem), so no share is known better than this.
    private const double Resolution = 1e-4;

    // Solving costs the third power of it: about 20 ms here.
    private const int MostUnknowns = 300;

    /// <summary>Whether another run is under way in the window, or in the two sample intervals before or after it.</summary>
    public static bool AreNear(SampleLine line, double length, IReadOnlyList<RunSpan> others)
    {
        var from = line[Math.Max(0, line.FirstAtOrAfter(0) - 2)].Seconds;
        var to = line[Math.Min(line.Count - 1, line.FirstAtOrAfter(length) + 1)].Seconds;
        return others.Any(run => run.Overlap(Math.Min(from, 0), Math.Max(to, length)) > 0);
    }

    /// <returns>The node's increase in the window, and the run's part of it.</returns>
    public static (Estimate Node, Estimate Own) Bound(CounterHistory history, double length, IReadOnlyList<RunSpan> others)
    {
        var line = history.Line;
        var first = Math.Max(0, line.FirstAtOrAfter(0) - 1 - Neighbours);
        var last = Math.Min(line.Count - 1, line.FirstAtOrAfter(length) + Neighbours);
        RunSpan[] runs = [new(0, length), .. others.Where(run => run.Overlap(line[first].Seconds, line[last].Seconds) > 0)
            .OrderBy(run => run.Start).ThenBy(run => run.Finish)];
        var rows = JointRow.Cut(line, first, last, runs);

        var limits = CounterLimits.Of(history, length);
        if (rows.Length == 0 || rows.All(row => row.Counted <= 0))
            return (limits.Node(0, 0, WindowMethod.Joint), limits.Own(0, 0, WindowMethod.Joint));
        if (JointSystem.Unknowns(rows) > MostUnknowns)
            return ShareByTime(rows, length, limits);

        var background = Background.Of(line, (from, to) => runs.All(run => run.Overlap(from, to) <= 0));
        var busy = Background.Of(line, (from, to) => runs.All(run => IsConstant(run, from, to)) && runs.Any(run => run.Overlap(from, to) > 0));
        var (backgroundWalk, runWalk) = Walks(rows, background, busy);
        var system = new JointSystem(rows, backgroundWalk, runWalk);
        // Where one of the two is a guess, it is a wide one already.
        var deviations = Math.Max(
            background.Pairs > 0 ? background.Deviations : 0, busy.Pairs > 0 ? busy.Deviations : 0) is > 0 and var most
            ? most : double.PositiveInfinity;

        var own = system.Amount((row, party) => party == 1 ? row.Seconds[1] : 0);
        var node = system.Amount((row, party) => SecondsInWindow(row, party == 0 ? null : runs[party - 1], length));
        // Infinite times nothing is no margin: the limits alone hold then.
        double Margin(double deviation) => double.IsFinite(deviations)
            ? deviations * deviation + Resolution * node.Amount
            : double.PositiveInfinity;
        var nodeEstimate = limits.Node(node.Amount, Margin(node.Deviation), WindowMethod.Joint);
        return (nodeEstimate, limits.Own(own.Amount, Margin(own.Deviation), WindowMethod.Joint).PartOf(nodeEstimate));
    }

    private static double SecondsInWindow(JointRow row, RunSpan? party, double length)
    {
        var (from, to) = (Math.Max(0, row.From), Math.Min(length, row.To));
        return to <= from ? 0 : party?.Overlap(from, to) ?? to - from;
    }

    private static (double Background, double Run) Walks(JointRow[] rows, Background background, Background busy)
    {
        var meanRate = rows.Sum(row => row.Counted) / rows.Sum(row => row.Length);
        var shortest = rows.Min(row => row.Length);
        // A rate that never moved may yet: by a thousandth, which also keeps the equations solvable in doubles.
        var least = Math.Pow(1e-3 * meanRate, 2) / shortest;
        // Where no two intervals with the same runs stand side by side, a rate may be anything by the next row.
        var most = meanRate * meanRate / shortest;
        var run = busy.Pairs > 0 ? Math.Max(busy.Walk, least) : most;
        return (background.Pairs > 0 ? Math.Max(background.Walk, least) : run, run);
    }

    private static bool IsConstant(RunSpan run, double from, double to) =>
        run.Overlap(from, to) <= 0 || (run.Start <= from && run.Finish >= to);

    private static (Estimate Node, Estimate Own) ShareByTime(JointRow[] rows, double length, CounterLimits limits)
    {
        var window = new RunSpan(0, length);
        var node = rows.Sum(row => row.Counted * (window.Overlap(row.From, row.To) / row.Length));
        var own = rows.Where(row => row.Seconds[1] > 0).Sum(row => row.Counted * (row.Seconds[1] / row.Seconds.Skip(1).Sum()));
        return (
            limits.Node(node, double.PositiveInfinity, WindowMethod.SharedByTime),
            limits.Own(own, double.PositiveInfinity, WindowMethod.SharedByTime));
    }
}
