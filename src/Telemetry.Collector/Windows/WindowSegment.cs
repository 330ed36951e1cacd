namespace Telemetry.Collector.Windows;

/// <summary>A piece of a window in which the value runs along a straight line.</summary>
/// <param name="Seconds">Its length; more than 0.</param>
/// <param name="From">Value at its beginning.</param>
/// <param name="To">Value at its end.</param>
internal readonly record struct WindowSegment(double Seconds, double From, double To)
{
    public double Integral => Seconds * (From / 2 + To / 2);

    public double Low => Math.Min(From, To);

    public double High => Math.Max(From, To);

    /// <summary>Seconds in which the value is at most <paramref name="limit"/>.</summary>
    public double SecondsUpTo(double limit)
    {
        if (limit >= High)
            return Seconds;
        return limit < Low ? 0 : Seconds * ((limit - Low) / (High - Low));
    }
}
