namespace Telemetry.Collector.Windows;

/// <summary>
/// One equation of <see cref="JointRuns"/>: what was counted from one sample to another, and for how long each party was
/// there. Party 0 is the background, always there; the runs follow.
/// </summary>
internal sealed record JointRow(double From, double To, double Counted, double[] Seconds)
{
    public double Length => To - From;

    /// <summary>The moment that a party's rate in this row stands for.</summary>
    public double Middle => From / 2 + To / 2;

    /// <summary>
    /// Cuts the line at its samples. Intervals in which a run begins or ends stand alone, and so do the two on either side of
    /// those; what lies between with the same runs throughout is joined, so that a long run costs no more than a short one.
    /// </summary>
    public static JointRow[] Cut(SampleLine line, int first, int last, IReadOnlyList<RunSpan> runs)
    {
        var rows = new List<JointRow>();
        for (var i = first + 1; i <= last;)
        {
            var stretch = i;
            while (stretch + 1 <= last && SameRuns(line, i, stretch + 1, runs))
                stretch++;
            var whole = !IsCut(line, i, runs);
            foreach (var end in whole ? Ends(i, stretch) : [i])
            {
                rows.Add(Row(line, i - 1, end, runs));
                i = end + 1;
            }
        }

        return [.. rows];
    }

    private static IEnumerable<int> Ends(int first, int last)
    {
        const int alone = 2;
        const int joined = 4;
        var middle = last - first + 1 - 2 * alone;
        for (var i = first; i <= last && (i < first + alone || middle <= joined); i++)
            yield return i;
        if (middle <= joined)
            yield break;
        for (var part = 1; part <= joined; part++)
            yield return first + alone - 1 + middle * part / joined;
        for (var i = last - alone + 1; i <= last; i++)
            yield return i;
    }

    private static JointRow Row(SampleLine line, int from, int to, IReadOnlyList<RunSpan> runs)
    {
        var (start, finish) = (line[from].Seconds, line[to].Seconds);
        return new JointRow(
            start, finish, line[to].Value - line[from].Value,
            [finish - start, .. runs.Select(run => run.Overlap(start, finish))]);
    }

    private static bool IsCut(SampleLine line, int end, IReadOnlyList<RunSpan> runs) => runs.Any(run =>
        IsInside(run.Start, line[end - 1].Seconds, line[end].Seconds) || IsInside(run.Finish, line[end - 1].Seconds, line[end].Seconds));

    private static bool SameRuns(SampleLine line, int first, int end, IReadOnlyList<RunSpan> runs) =>
        !IsCut(line, first, runs) && !IsCut(line, end, runs) && runs.All(run =>
            (run.Overlap(line[first - 1].Seconds, line[first].Seconds) > 0) == (run.Overlap(line[end - 1].Seconds, line[end].Seconds) > 0));

    private static bool IsInside(double moment, double from, double to) => moment > from && moment < to;
}
