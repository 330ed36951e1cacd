namespace Telemetry.Events.Spooling;

/// <summary>
/// The reading end of a log: events in the order in which they were appended, each once, and given up only when acknowledged.
/// </summary>
/// <remarks>One reader: <see cref="Read"/> is for one thread at a time. All else is safe for use from any thread.</remarks>
public interface IEventLogReader
{
    /// <summary>The name of the transport whose lane wrote the log. It may be gone since: then the events' topics say where they go.</summary>
    string Transport { get; }

    /// <summary>The delivery class of all events in the log.</summary>
    DeliveryClass Delivery { get; }

    /// <summary>What the log holds at this moment. Costs a few microseconds.</summary>
    EventLogUsage Usage { get; }

    /// <summary>Waits until there is something to read.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether <see cref="Read"/> has something; false when nothing will ever come again.</returns>
    ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads on where the last call ended. Only what is committed is read; damaged records are passed over and counted. Does not wait,
    /// except for the disk.
    /// </summary>
    /// <param name="maxEvents">The most events to return; at least 1. Fewer come where the buffer of about a megabyte is full.</param>
    /// <returns>
    /// The events, or nothing where all was read. The memory belongs to the log: it is valid until the next call of
    /// <see cref="Read"/> or the spool's end.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxEvents"/> is less than 1.</exception>
    ReadOnlyMemory<SpooledEvent> Read(int maxEvents);

    /// <summary>
    /// Gives up all events up to a position: they are settled, and will not be read again after a restart. The disk space comes back as
    /// whole segments become free. A kill does not undo it; a power cut may, by which settled events are sent once more under the same
    /// ids.
    /// </summary>
    /// <param name="position">
    /// The position of the last settled event. One that is already acknowledged is ignored, as is what lies beyond the last event read.
    /// </param>
    void Acknowledge(long position);
}
