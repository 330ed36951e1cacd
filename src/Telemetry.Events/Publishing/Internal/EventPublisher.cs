using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Events.Envelope;
using Telemetry.Events.Reporting;
using Telemetry.Events.Routing;
using Telemetry.Events.Spooling;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Encodes on the caller's thread, admits into the lane of the event's class, and lets that lane's sender do the rest.</summary>
internal sealed class EventPublisher : IEventPublisher, IAsyncDisposable, IDisposable
{
    private readonly TelemetryEventsOptions _options;
    private readonly TransportTable _transports;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EnvelopeWriter _envelope;
    private readonly LaneSet _lanes;
    private readonly AuditPublisher _audit;
    private readonly int _maxEventBytes;
    private readonly PublisherMetrics _metrics;
    private readonly CancellationTokenSource _giveUp = new();
    private readonly CancellationTokenSource _stopTakingOver = new();
    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _hasSpool;
    private readonly Task _senders;
    private readonly ProducerReporter? _reporter;
    private readonly Lazy<Task> _stop;

    /// <exception cref="OptionsValidationException">Two transports have one name, or a route names none of them.</exception>
    public EventPublisher(
        IOptions<TelemetryEventsOptions> options,
        IEnumerable<IEventTransport> transports,
        TimeProvider time,
        IEnumerable<IEventEnricher>? enrichers = null,
        IEventContextAccessor? contextAccessor = null,
        ILoggerFactory? loggers = null,
        IMeterFactory? meters = null,
        IEventSpool? spool = null)
    {
        _options = options.Value;
        _transports = new TransportTable([.. transports], _options.Routes);
        _time = time;
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events");
        _lanes = new LaneSet(_transports, _options.CapacityOf, spool, time, _giveUp.Token);
        _maxEventBytes = _options.MaxEventBytes;
        _hasSpool = spool is not null;
        var topics = new PublishedTopics();
        var settings = new EnvelopeSettings
        {
            ServiceName = _options.ServiceName!,
            Producer = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Context = _options.Context,
            Attributes = _options.Attributes.AsReadOnly(),
            ContextAccessor = contextAccessor,
            Enrichers = [.. enrichers ?? []],
            LaneOf = descriptor =>
            {
                topics.Add(descriptor);
                return _lanes.BufferedFor(descriptor);
            },
            EnricherFailed = (enricher, exception) => _logger.EnricherFailed(exception, enricher.GetType().Name),
        };
        _envelope = new EnvelopeWriter(settings, time);
        _metrics = new PublisherMetrics(_lanes.All, meters);
        _audit = new AuditPublisher(_envelope, _lanes, _options, time, _logger);
        var context = new SenderContext(_options, _metrics, time, _logger);
        _senders = Task.WhenAll(Start(context, spool));
        if (_options.Report.IsEnabled)
            _reporter = new ProducerReporter(_envelope, settings.Producer, _lanes, topics, context);
        _stop = new Lazy<Task>(StopOnceAsync);
        _logger.Started(settings.Producer, _options.ServiceName, string.Join(", ", _transports.Transports.Select(transport => transport.Name)));
    }

    public PublishResult Publish<TData>(EventDescriptor descriptor, in TData data)
        where TData : IEventData
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (descriptor.Delivery == DeliveryClass.Audit)
            return _audit.Publish(descriptor, data);
        var refusal = TryAdd(descriptor, data, confirmation: null, detachWhenFull: false, out var id, out _);
        return refusal == RefusalReason.None ? PublishResult.Accepted(id) : Refuse(descriptor, refusal);
    }

    public ValueTask<PublishResult> PublishAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        cancellationToken.ThrowIfCancellationRequested();
        if (descriptor.Delivery == DeliveryClass.Audit)
            return _audit.PublishAsync(descriptor, data, confirmation: null, cancellationToken);
        var refusal = TryAdd(descriptor, data, confirmation: null, detachWhenFull: true, out var id, out var detached);
        return refusal switch
        {
            RefusalReason.None => ValueTask.FromResult(PublishResult.Accepted(id)),
            RefusalReason.BufferFull => AddWhenRoomAsync(detached!, confirmation: null, cancellationToken),
            _ => ValueTask.FromResult(Refuse(descriptor, refusal)),
        };
    }

    public async ValueTask<DeliveryReceipt> ConfirmAsync<TData>(
        EventDescriptor descriptor, TData data, CancellationToken cancellationToken = default)
        where TData : IEventData
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        cancellationToken.ThrowIfCancellationRequested();
        var confirmation = new TaskCompletionSource<DeliveryReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        var refusal = descriptor.Delivery == DeliveryClass.Audit
            ? (await _audit.PublishAsync(descriptor, data, confirmation, cancellationToken).ConfigureAwait(false)).Refusal
            : await AddAsync(descriptor, data, confirmation, cancellationToken).ConfigureAwait(false);
        return refusal == RefusalReason.None
            ? await confirmation.Task.WaitAsync(cancellationToken).ConfigureAwait(false)
            : new DeliveryReceipt(Guid.Empty, IsDelivered: false, descriptor.Topic, Partition: -1, Offset: -1, refusal.ToCode());
    }

    public async ValueTask<LedgerSnapshot> FlushAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        var settled = Task.WhenAll(_lanes.All.Select(lane => lane.WhenSettledAsync()));
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

    public LedgerSnapshot GetLedger() => _lanes.Ledger();

    /// <summary>Refuses new events, delivers what is held within the shutdown time, drops the rest and logs the receipt. Once.</summary>
    /// <param name="hurry">Ends the shutdown time before it is over: the host has none left.</param>
    public Task StopAsync(CancellationToken hurry = default)
    {
        // Lives as long as the token's source, which is the host's and ends with it.
        hurry.UnsafeRegister(static signal => ((TaskCompletionSource)signal!).TrySetResult(), _hurry);
        return _stop.Value;
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    // A container that is disposed synchronously must not lose events for it.
    public void Dispose() => StopAsync().GetAwaiter().GetResult();

    private IEnumerable<Task> Start(SenderContext context, IEventSpool? spool)
    {
        var recovery = spool is null ? null : new SpoolRecovery(spool, _lanes, context, _giveUp.Token);
        foreach (var lane in _lanes.Buffered)
            yield return Task.Run(() => new LaneSender(lane, recovery, context).RunAsync(_giveUp.Token));
        foreach (var lane in recovery is null ? [] : _lanes.Audit)
            yield return Task.Run(() => new AuditSender(lane, recovery!, context).RunAsync(_giveUp.Token));
        if (recovery is not null)
            yield return Task.Run(() => recovery.WatchAsync(_stopTakingOver.Token));
    }

    private async Task StopOnceAsync()
    {
        var started = _time.GetTimestamp();
        await _stopTakingOver.CancelAsync().ConfigureAwait(false);
        foreach (var lane in _lanes.All.Where(lane => _reporter?.Owns(lane) != true))
            lane.Stop();
        if (_reporter is not null)
            await _reporter.StopAsync(_hurry.Task).ConfigureAwait(false);
        try
        {
            var left = _options.ShutdownTimeout - _time.GetElapsedTime(started);
            await Task.WhenAny(_senders, _hurry.Task).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is not delivered now goes where the end of the senders puts it.
        }

        if (!_senders.IsCompleted)
            await _giveUp.CancelAsync().ConfigureAwait(false);
        await EndSendersAsync().ConfigureAwait(false);

        foreach (var transport in _transports.Transports)
            await transport.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _giveUp.Dispose();
        _stopTakingOver.Dispose();
        var ledger = GetLedger();
        if (ledger.InFlight > 0 || ledger.Classes.Any(entry => entry.Dropped.Count > 0))
            _logger.StoppedWithLosses(ledger);
        else if (ledger.Spooled > 0)
            _logger.StoppedSpooled(ledger.Spooled, ledger);
        else
            _logger.StoppedClean(ledger);
    }

    // Told to give up, they only wait for a disk that is spilled to; one that hangs must not hold the process.
    private async Task EndSendersAsync()
    {
        try
        {
            await _senders.WaitAsync(_hasSpool ? _options.Audit.CommitTimeout : Timeout.InfiniteTimeSpan, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _logger.SpoolHangs(_options.Audit.CommitTimeout);
        }
    }

    /// <param name="descriptor">The kind of event.</param>
    /// <param name="data">The payload.</param>
    /// <param name="confirmation">Completed with the event's fate; null where nobody asks.</param>
    /// <param name="detachWhenFull">Whether the event's record is kept where the lane is full, to be added later.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="detached">The event's record, where it was to be kept.</param>
    private RefusalReason TryAdd<TData>(
        EventDescriptor descriptor,
        in TData data,
        TaskCompletionSource<DeliveryReceipt>? confirmation,
        bool detachWhenFull,
        out Guid id,
        out DetachedEvent? detached)
        where TData : IEventData
    {
        detached = null;
        id = default;
        var scratch = EnvelopeScratch.Rent();
        try
        {
            // Looked up before the clock is read, which a processor waits for: afterwards each step would be waited for as well.
            var prefix = _envelope.PrefixOf(descriptor);
            var lane = prefix.Lane!;
            var stripe = lane.StripeOf(scratch.ThreadId);
            _envelope.Write(scratch, prefix, data, out var record);
            id = record.Id;
            var length = record.EventLength;
            if (length > _maxEventBytes)
                return RefusalReason.TooLarge;
            var refusal = lane.TryAdd(stripe, record, length, confirmation);
            if (refusal == RefusalReason.BufferFull && detachWhenFull)
                detached = new DetachedEvent(record);
            return refusal;
        }
#pragma warning disable CA1031 // The payload is the application's code; telemetry must not break what it observes.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.PayloadFailed(exception, descriptor.Name);
            return RefusalReason.InvalidPayload;
        }
        finally
        {
            scratch.Return();
        }
    }

    private async ValueTask<RefusalReason> AddAsync<TData>(
        EventDescriptor descriptor, TData data, TaskCompletionSource<DeliveryReceipt> confirmation, CancellationToken cancellationToken)
        where TData : IEventData
    {
        var refusal = TryAdd(descriptor, data, confirmation, detachWhenFull: true, out _, out var detached);
        if (refusal == RefusalReason.BufferFull)
            return (await AddWhenRoomAsync(detached!, confirmation, cancellationToken).ConfigureAwait(false)).Refusal;
        if (refusal != RefusalReason.None)
            Refuse(descriptor, refusal);
        return refusal;
    }

    private async ValueTask<PublishResult> AddWhenRoomAsync(
        DetachedEvent detached, TaskCompletionSource<DeliveryReceipt>? confirmation, CancellationToken cancellationToken)
    {
        var lane = _lanes.BufferedFor(detached.Descriptor)!;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Asked for before the try: room that is made between the two must wake us.
            var room = lane.Queue.WhenRoomAsync();
            var record = detached.View();
            var refusal = lane.TryAdd(lane.StripeOf(Environment.CurrentManagedThreadId), record, record.EventLength, confirmation);
            if (refusal == RefusalReason.None)
                return PublishResult.Accepted(detached.Id);
            if (refusal != RefusalReason.BufferFull)
                return Refuse(detached.Descriptor, refusal);
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private PublishResult Refuse(EventDescriptor descriptor, RefusalReason reason)
    {
        _lanes.BufferedFor(descriptor)!.CountRefusal(reason);
        return PublishResult.Refused(reason);
    }
}
