namespace Telemetry.Events.Spool.Log;

/// <summary>
/// Where one thread sleeps until its commit is done. Each has an event of its own: threads that wait on one monitor wake up one after the
/// other, and on a monitor each, waking takes half as long again (docs/spool.md).
/// </summary>
#pragma warning disable CA1001 // It lives as long as its thread does; the event's finalizer ends it.
internal sealed class CommitWaiter
#pragma warning restore CA1001
{
    [ThreadStatic]
    private static CommitWaiter? _current;

    private readonly AutoResetEvent _signal = new(false);

    public static CommitWaiter Current => _current ??= new CommitWaiter();

    /// <summary>The next in the list of those who wait. Guarded by the group.</summary>
    public CommitWaiter? Next { get; set; }

    public void Signal() => _signal.Set();

    /// <summary>
    /// Sleeps until a signal, which may be a late one of a group that the thread gave up waiting for; false when the time is over.
    /// </summary>
    public bool Wait(TimeSpan timeout) => _signal.WaitOne(timeout);
}
