namespace Telemetry.Collector.Windows;

/// <summary>The time from <see cref="Start"/> to <see cref="Finish"/>; may have no length.</summary>
public readonly record struct TimeWindow
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="finish"/> is before <paramref name="start"/>.</exception>
    public TimeWindow(DateTimeOffset start, DateTimeOffset finish)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(finish, start);
        (Start, Finish) = (start, finish);
    }

    public DateTimeOffset Start { get; }

    public DateTimeOffset Finish { get; }

    public TimeSpan Length => Finish - Start;
}
