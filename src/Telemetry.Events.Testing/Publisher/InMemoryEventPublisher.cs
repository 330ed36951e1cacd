namespace Telemetry.Events.Testing;

/// <summary>
/// Records what a service publishes, for its unit tests: no broker, no host, nothing to wait for. Events are checked and
/// encoded as in production, and an accepted one counts as delivered at once.
/// </summary>
/// <remarks>
/// Safe for use from any thread. To test retries, a full buffer or shutdown, use the real publisher with a
/// <see cref="FaultingTransport"/> or an <see cref="InMemoryTransport"/>.
/// </remarks>
public sealed partial class InMemoryEventPublisher : IEventPublisher
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly List<PublishedEvent> _events = [];
    private readonly Queue<RefusalReason> _refusals = new();
    private readonly Queue<string> _drops = new();
    private readonly InMemoryLedger _ledger = new();

    /// <summary>All accepted events, in the order of their acceptance. A copy.</summary>
    public IReadOnlyList<PublishedEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>The next call is refused for this reason. Several calls of this method queue up.</summary>
    /// <param name="reason">What the service is told.</param>
    /// <param name="times">How many calls are refused; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="reason"/> is <see cref="RefusalReason.None"/> or not a defined one, or <paramref name="times"/> is below 1.
    /// </exception>
    public void RefuseNext(RefusalReason reason, int times = 1)
    {
        if (reason == RefusalReason.None || !Enum.IsDefined(reason))
            throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason for a refusal.");
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_gate)
        {
            for (var i = 0; i < times; i++)
                _refusals.Enqueue(reason);
        }
    }

    /// <summary>
    /// The next accepted event is dropped instead of delivered: <see cref="ConfirmAsync{TData}"/> answers with this reason. It
    /// still counts as published. Several calls of this method queue up.
    /// </summary>
    /// <param name="reason">The receipt's reason, in snake_case, such as <c>msg_size_too_large</c>.</param>
    /// <param name="times">How many events are dropped; at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is below 1.</exception>
    public void DropNext(string reason, int times = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_gate)
        {
            for (var i = 0; i < times; i++)
                _drops.Enqueue(reason);
        }
    }

    /// <summary>Forgets what was published and what was to be refused or dropped. The ledger stays, as a publisher's does.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _events.Clear();
            _refusals.Clear();
            _drops.Clear();
        }
    }

    /// <inheritdoc/>
    public PublishResult Publish<TData>(EventDescriptor descriptor, in TData data)
        where TData : IEventData =>
        Record(descriptor, data, out _);

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<PublishResult>(cancellationToken)
            : ValueTask.FromResult(Record(descriptor, data, out _));

    /// <inheritdoc/>
    public ValueTask<DeliveryReceipt> ConfirmAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<DeliveryReceipt>(cancellationToken);
        Record(descriptor, data, out var receipt);
        return ValueTask.FromResult(receipt);
    }

    /// <inheritdoc/>
    public ValueTask<LedgerSnapshot> FlushAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        if (deadline != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<LedgerSnapshot>(cancellationToken)
            : ValueTask.FromResult(GetLedger());
    }

    /// <inheritdoc/>
    public LedgerSnapshot GetLedger()
    {
        lock (_gate)
            return _ledger.Snapshot();
    }

    private PublishResult Record<TData>(EventDescriptor descriptor, in TData data, out DeliveryReceipt receipt)
        where TData : IEventData
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var result = PayloadEncoder.Encode(descriptor, data, out var envelope);
        lock (_gate)
        {
            if (result.IsAccepted && _refusals.TryDequeue(out var planned))
                result = PublishResult.Refused(planned);
            if (!result.IsAccepted)
            {
                _ledger.Refuse(descriptor.Delivery, result.Refusal);
                receipt = new DeliveryReceipt(Guid.Empty, false, descriptor.Topic, -1, -1, RefusalCodes.Of(result.Refusal));
                return result;
            }

            _events.Add(new PublishedEvent(result.EventId, descriptor, data, envelope!));
            var offset = _ledger.Accept(descriptor.Delivery);
            var isDropped = _drops.TryDequeue(out var reason);
            _ledger.Settle(descriptor.Delivery, reason);
            receipt = isDropped
                ? new DeliveryReceipt(result.EventId, false, descriptor.Topic, -1, -1, reason)
                : new DeliveryReceipt(result.EventId, true, descriptor.Topic, 0, offset, null);
            return result;
        }
    }
}
