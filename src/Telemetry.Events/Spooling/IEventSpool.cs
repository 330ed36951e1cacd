namespace Telemetry.Events.Spooling;

/// <summary>
/// The durable storage behind the publisher: a log for each lane of this process, and what earlier processes left unsent.
/// </summary>
/// <remarks>
/// Opened once by the service and disposed with it; safe for use from any thread. A directory that cannot be used fails the start. Once
/// open, nothing here throws for what a disk does: that is a <see cref="SpoolRefusal"/>.
/// </remarks>
public interface IEventSpool : IAsyncDisposable
{
    /// <summary>This process's log of one lane. The second call with the same arguments returns the same log.</summary>
    /// <param name="transport">The name of the transport that the lane sends by.</param>
    /// <param name="delivery">The lane's delivery class.</param>
    /// <returns>The log; the spool owns it.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ObjectDisposedException">The spool is disposed.</exception>
    IEventLog Open(string transport, DeliveryClass delivery);

    /// <summary>
    /// Takes over what processes left that are gone, whichever way they ended. Each log of theirs is returned once, to one process; the
    /// oldest come first. Call it at the start, and again at will while other processes share the directory. Blocks while it checks what
    /// it found, about a second for each gigabyte.
    /// </summary>
    /// <returns>Logs with events to send. The spool owns them, and deletes each when all in it is acknowledged.</returns>
    /// <exception cref="ObjectDisposedException">The spool is disposed.</exception>
    IReadOnlyList<IEventLogReader> TakeOver();
}
