namespace Telemetry.Collector.Runs;

/// <summary>
/// Which finish belongs to which start, where a task was tried more than once. Pure, and the same for the same events in any
/// order.
/// </summary>
internal static class RunAttempts
{
    /// <summary>
    /// A finish ends the latest start before it that has no finish yet: on the node that it names, where any attempt started
    /// there; else on any, because a finish may be told by another machine than the one that ran.
    /// </summary>
    /// <param name="events">Of one task of one kind; each once.</param>
    /// <returns>By the time of their start; then the finishes without a start.</returns>
    public static IReadOnlyList<RunAttempt> Pair(IReadOnlyCollection<RunEvent> events)
    {
        var starts = InOrder(events, RunBoundary.Start);
        var finishes = InOrder(events, RunBoundary.Finish);
        var ends = new RunEvent?[starts.Length];
        List<RunEvent> left = [];
        bool IsOfAStartsNode(RunEvent finish) => finish.Node is not null && starts.Any(start => start.Node == finish.Node);
        // Those that name their node choose first: the others take what is left.
        foreach (var finish in finishes.Where(IsOfAStartsNode).Concat(finishes.Where(finish => !IsOfAStartsNode(finish))))
        {
            var isBound = IsOfAStartsNode(finish);
            var latest = Array.FindLastIndex(starts, start => start.Time <= finish.Time && (!isBound || start.Node == finish.Node)
                && ends[Array.IndexOf(starts, start)] is null);
            if (latest < 0)
                left.Add(finish);
            else
                ends[latest] = finish;
        }

        return [.. starts.Zip(ends, (start, end) => new RunAttempt(start, end)), .. left.Select(finish => new RunAttempt(null, finish))];
    }

    private static RunEvent[] InOrder(IReadOnlyCollection<RunEvent> events, RunBoundary boundary) =>
    [
        .. events.Where(one => one.Boundary == boundary).OrderBy(one => one.Time).ThenBy(one => one.EventId, StringComparer.Ordinal),
    ];
}
