namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>
/// Which of two rows of one run counts: first the one that is made of more of its task's events, then the later step. Events are only
/// ever added, so whoever knows more of them knows all that the other knew, in whatever order the two are written.
/// </summary>
/// <param name="Number">As the column has it: the events in the upper half.</param>
internal readonly record struct RowVersion(ulong Number)
{
    /// <summary>Events of the task that the row is made of.</summary>
    public int Events => (int)(Number >> 32);

    /// <summary>The first row that is made of so many events.</summary>
    public static RowVersion Of(int events) => new((ulong)events << 32);

    /// <summary>The next step with the same events.</summary>
    public RowVersion Next() => new(Number + 1);
}
