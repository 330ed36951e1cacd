namespace Telemetry.Collector.Windows;

/// <summary>
/// What holds for a counter in a window whatever the rates were: the counts at the samples around and inside of it, the
/// capacity, and what resets hid.
/// </summary>
/// <param name="Least">Counted between the first and the last sample inside.</param>
/// <param name="Most">Counted between the samples around it; null where one is missing and the capacity is unknown.</param>
/// <param name="Lost">The most that resets hid.</param>
internal readonly record struct CounterLimits(double Least, double? Most, double Lost)
{
    public static CounterLimits Of(CounterHistory history, double length)
    {
        var line = history.Line;
        var (first, after) = (line.FirstAtOrAfter(0), line.FirstAtOrAfter(length));
        var before = first < line.Count && line[first].Seconds == 0 ? first : first - 1;
        var last = after < line.Count && line[after].Seconds == length ? after : after - 1;
        var least = first <= last ? line[last].Value - line[first].Value : 0;
        var lost = history.LostBetween(0, length);
        double? most = before >= 0 && after < line.Count ? line[after].Value - line[before].Value + lost : null;
        if (history.Capacity is { } rate)
            most = Math.Max(least, Math.Min(most ?? double.PositiveInfinity, rate * length));
        return new CounterLimits(least, most, lost);
    }

    /// <summary>The node's increase. An infinite margin means that only the limits are known.</summary>
    public Estimate Node(double value, double margin, string method) => Clip(value, margin, Least, method);

    /// <summary>The run's part, of which the samples inside alone vouch for nothing.</summary>
    public Estimate Own(double value, double margin, string method) => Clip(value, margin, 0, method);

    private Estimate Clip(double value, double margin, double least, string method)
    {
        var most = Most ?? double.PositiveInfinity;
        var kept = Math.Clamp(value, least, Math.Max(least, most));
        // With no sample on one side, a margin around what was counted says nothing about what was not.
        var hi = Most is null ? most : Math.Min(kept + margin + Lost, most);
        return Estimate.Within(kept, Math.Max(least, kept - margin), double.IsFinite(hi) ? hi : null, method);
    }
}
