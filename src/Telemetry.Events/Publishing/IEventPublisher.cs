namespace Telemetry.Events;

/// <summary>
/// Publishes events. One instance a process, safe for use from any thread, also during shutdown: a call after it refuses the
/// event and says so.
/// </summary>
/// <remarks>
/// The payload is read and encoded on the caller's thread before a call returns or first waits. Typed events go through the
/// extension methods of <see cref="EventPublisherExtensions"/>.
/// </remarks>
public interface IEventPublisher
{
    /// <summary>
    /// Hands an event over without ever blocking; but one of class <see cref="DeliveryClass.Audit"/> blocks until it is on disk, some
    /// milliseconds, and <see cref="PublishAsync{TData}"/> is the call that awaits that instead.
    /// </summary>
    /// <param name="descriptor">The kind of event.</param>
    /// <param name="data">The payload.</param>
    /// <returns>Accepted with the event's id, or the reason of the refusal. A refusal is counted in the ledger.</returns>
    PublishResult Publish<TData>(EventDescriptor descriptor, in TData data)
        where TData : IEventData;

    /// <summary>
    /// Hands an event over; where its lane is full, waits for room instead of refusing. Of class <see cref="DeliveryClass.Audit"/>,
    /// awaits that the event is on disk; a full disk refuses it here too, since an audit that waits for an operator helps nobody.
    /// </summary>
    /// <param name="descriptor">The kind of event.</param>
    /// <param name="data">The payload.</param>
    /// <param name="cancellationToken">Ends the wait for room; the event is then not published.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    ValueTask<PublishResult> PublishAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData;

    /// <summary>Publishes an event, waits for room if it must, and completes when its fate is known.</summary>
    /// <param name="descriptor">The kind of event.</param>
    /// <param name="data">The payload.</param>
    /// <param name="cancellationToken">Ends the wait only: an accepted event is still delivered.</param>
    /// <returns>The broker's acknowledgement, or the reason why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    ValueTask<DeliveryReceipt> ConfirmAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData;

    /// <summary>Waits until all events accepted before the call are delivered or dropped, or the deadline is over.</summary>
    /// <param name="deadline">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ledger at the end of the wait; whether all is done stands in it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is negative, or longer than 49 days.</exception>
    ValueTask<LedgerSnapshot> FlushAsync(TimeSpan deadline, CancellationToken cancellationToken = default);

    /// <summary>The account of every event so far. Never blocks for I/O.</summary>
    LedgerSnapshot GetLedger();
}
