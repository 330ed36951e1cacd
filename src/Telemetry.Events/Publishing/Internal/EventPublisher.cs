using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Encodes on the caller's thread, admits into the lane of the event's class, and lets that lane's sender do the rest.</summary>
internal sealed class EventPublisher : IEventPublisher, IAsyncDisposable, IDisposable
{
    private readonly TelemetryEventsOptions _options;
    private readonly IEventTransport _transport;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EnvelopeWriter _envelope;
    private readonly DeliveryLane[] _lanes;
    private readonly PublisherMetrics _metrics;
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Task _senders;
    private readonly Lazy<Task> _stop;

    public EventPublisher(
        IOptions<TelemetryEventsOptions> options, IEventTransport transport, TimeProvider time, ILoggerFactory? loggers = null)
    {
        _options = options.Value;
        _transport = transport;
        _time = time;
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events");
        var producer = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        _envelope = new EnvelopeWriter(_options.ServiceName!, _options.Context, producer, time);
        _lanes = [.. Enum.GetValues<DeliveryClass>().Select(
            delivery => new DeliveryLane(delivery, _options.MaxBufferedEvents, _options.MaxBufferedBytes))];
        _metrics = new PublisherMetrics(_lanes);
        _senders = Task.WhenAll(_lanes.Select(lane => Task.Run(
            () => new LaneSender(lane, transport, _options, time, _logger).RunAsync(_giveUp.Token), CancellationToken.None)));
        _stop = new Lazy<Task>(StopOnceAsync);
        _logger.Started(producer, _options.ServiceName, transport.Name);
    }

    public PublishResult Publish<TData>(EventDescriptor descriptor, in TData data)
        where TData : IEventData
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var lane = LaneOf(descriptor);
        var refusal = TryEncode(descriptor, data, out var encoded);
        if (refusal == RefusalReason.None)
            refusal = lane.TryAdd(descriptor.Topic, encoded, confirmation: null);
        return refusal == RefusalReason.None ? PublishResult.Accepted(encoded.Id) : Refuse(lane, refusal);
    }

    public ValueTask<PublishResult> PublishAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var lane = LaneOf(descriptor);
        var refusal = TryEncode(descriptor, data, out var encoded);
        return refusal == RefusalReason.None
            ? AddAsync(lane, descriptor.Topic, encoded, confirmation: null, cancellationToken)
            : ValueTask.FromResult(Refuse(lane, refusal));
    }

    public ValueTask<DeliveryReceipt> ConfirmAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var lane = LaneOf(descriptor);
        var refusal = TryEncode(descriptor, data, out var encoded);
        return refusal == RefusalReason.None
            ? ConfirmAsync(lane, descriptor.Topic, encoded, cancellationToken)
            : ValueTask.FromResult(RefusedReceipt(descriptor.Topic, Refuse(lane, refusal).Refusal));
    }

    public async ValueTask<LedgerSnapshot> FlushAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        var settled = Task.WhenAll(_lanes.Select(lane => lane.WhenSettledAsync()));
        try
        {
            await settled.WaitAsync(deadline, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The ledger says what is still in flight; that is the answer, not an exception.
        }

        return GetLedger();
    }

    public LedgerSnapshot GetLedger() => new([.. _lanes.Select(lane => lane.Snapshot())]);

    /// <summary>Refuses new events, delivers what is held within the shutdown time, drops the rest and logs the receipt. Once.</summary>
    public Task StopAsync() => _stop.Value;

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    // A container that is disposed synchronously must not lose events for it.
    public void Dispose() => StopAsync().GetAwaiter().GetResult();

    private async Task StopOnceAsync()
    {
        foreach (var lane in _lanes)
            lane.Stop();
        try
        {
            await _senders.WaitAsync(_options.ShutdownTimeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _giveUp.CancelAsync().ConfigureAwait(false);
            await _senders.ConfigureAwait(false);
        }

        await _transport.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _giveUp.Dispose();
        var ledger = GetLedger();
        if (ledger.Classes.All(entry => entry.Dropped.Count == 0))
            _logger.StoppedClean(ledger);
        else
            _logger.StoppedWithLosses(ledger);
    }

    private RefusalReason TryEncode<TData>(EventDescriptor descriptor, in TData data, out EncodedEvent encoded)
        where TData : IEventData
    {
        try
        {
            encoded = _envelope.Write(descriptor, data);
            return encoded.Size <= _options.MaxEventBytes ? RefusalReason.None : RefusalReason.TooLarge;
        }
#pragma warning disable CA1031 // The payload is the application's code; telemetry must not break what it observes.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.PayloadFailed(exception, descriptor.Name);
            encoded = default;
            return RefusalReason.InvalidPayload;
        }
    }

    private static async ValueTask<PublishResult> AddAsync(
        DeliveryLane lane,
        string topic,
        EncodedEvent encoded,
        TaskCompletionSource<DeliveryReceipt>? confirmation,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Asked for before the try: room that is made between the two must wake us.
            var room = lane.WhenRoomAsync();
            var refusal = lane.TryAdd(topic, encoded, confirmation);
            if (refusal == RefusalReason.None)
                return PublishResult.Accepted(encoded.Id);
            if (refusal != RefusalReason.BufferFull)
                return Refuse(lane, refusal);
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<DeliveryReceipt> ConfirmAsync(
        DeliveryLane lane, string topic, EncodedEvent encoded, CancellationToken cancellationToken)
    {
        var confirmation = new TaskCompletionSource<DeliveryReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = await AddAsync(lane, topic, encoded, confirmation, cancellationToken).ConfigureAwait(false);
        return result.IsAccepted
            ? await confirmation.Task.WaitAsync(cancellationToken).ConfigureAwait(false)
            : RefusedReceipt(topic, result.Refusal);
    }

    private static PublishResult Refuse(DeliveryLane lane, RefusalReason reason)
    {
        lane.CountRefusal(reason);
        return PublishResult.Refused(reason);
    }

    private static DeliveryReceipt RefusedReceipt(string topic, RefusalReason reason) =>
        new(Guid.Empty, IsDelivered: false, topic, Partition: -1, Offset: -1, reason.ToCode());

    private DeliveryLane LaneOf(EventDescriptor descriptor) => _lanes[(int)descriptor.Delivery];
}
