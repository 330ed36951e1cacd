namespace Telemetry.Events.Spooling;

/// <summary>A log of this process: takes events from any thread, and commits them in groups.</summary>
/// <remarks>
/// <see cref="Append"/> puts an event into memory and gives it its position. One thread of the log writes what has gathered there to the
/// disk and forces it out (a group commit), while the next group gathers. An event is durable when
/// <see cref="WaitForCommit"/> says so and not before. When a commit fails, all that was appended and not committed is given up at once;
/// none of it will be read. The log tries again by itself with the next event, at most every 200 ms.
/// </remarks>
public interface IEventLog : IEventLogReader
{
    /// <summary>The position of the last durable event; 0 for none.</summary>
    long CommittedPosition { get; }

    /// <summary>Appends an event. Never waits and never allocates; its bytes are copied before it returns.</summary>
    /// <param name="spooled">The event; its position is ignored.</param>
    /// <returns>The event's position, or why it was refused.</returns>
    AppendResult Append(in SpooledEvent spooled);

    /// <summary>Blocks until the group commit that covers a position is done.</summary>
    /// <param name="position">A position that <see cref="Append"/> returned.</param>
    /// <param name="timeout">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for any.</param>
    /// <returns>
    /// <see cref="SpoolRefusal.None"/> when the event is durable; <see cref="SpoolRefusal.TimedOut"/> when that is not known yet; else why
    /// the event was given up.
    /// </returns>
    SpoolRefusal WaitForCommit(long position, TimeSpan timeout);

    /// <summary>Waits until the group commit that covers a position is done. One task serves all who wait for one commit.</summary>
    /// <param name="position">A position that <see cref="Append"/> returned.</param>
    /// <param name="cancellationToken">Ends the wait, not the commit.</param>
    /// <returns><see cref="SpoolRefusal.None"/> when the event is durable; else why the event was given up.</returns>
    ValueTask<SpoolRefusal> WaitForCommitAsync(long position, CancellationToken cancellationToken = default);
}
