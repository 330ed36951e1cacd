using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Native;

/// <summary>
/// Produces through librdkafka's C API: events are sorted by partition and handed over where they stand, without a copy and without an
/// allocation each; their outcomes come from the event queue.
/// </summary>
/// <remarks>
/// librdkafka reads the events' memory until it reports them. A call that is cancelled, or whose time is out, therefore has the client
/// purged, which makes it report within milliseconds, and only then gives the memory back. A purge meets other calls too, and leaves a
/// gap in librdkafka's sequence numbers: the producer has failed by it, and is replaced at the next call.
/// </remarks>
internal sealed class NativeProducer : IKafkaProducer, INativeEvents
{
    private static readonly TimeSpan QueueFullPause = TimeSpan.FromMilliseconds(10);

    // A purge that takes longer waits for a thread of librdkafka that resolves a name; the memory stays pinned all the same.
    private static readonly TimeSpan PurgeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetireTimeout = TimeSpan.FromSeconds(10);

    private readonly KafkaClientObserver _observer;
    private readonly AccessTokenRefresh? _tokens;
    private readonly TimeProvider _time;
    private readonly NativeProducerHandle _client;
    private readonly NativeTopics _topics;
    private readonly NativeBatches _batches = new();
    private readonly NativeReports _reports;
    private readonly NativeHeaders? _headers;
    private readonly TimeSpan _deliveryTimeout;
    private readonly Func<string, NativeTopic> _topic;
    private volatile bool _hasFailed;
    private volatile bool _isFatal;
    private int _disposed;

    /// <exception cref="InvalidOperationException">librdkafka does not know a property, or refuses its value.</exception>
    public NativeProducer(NativeProducerSettings settings, KafkaClientObserver observer, AccessTokenRefresh? tokens, TimeProvider time)
    {
        _observer = observer;
        _tokens = tokens;
        _time = time;
        _deliveryTimeout = settings.DeliveryTimeout;
        _headers = settings.ContentTypeHeader ? new NativeHeaders() : null;
        _client = NativeProducerHandle.Create(settings.Properties, Events(tokens), _batches.Release);
        _topics = new NativeTopics(_client, settings.TopicNames, settings.PlacesKeys, time);
        _topic = _topics.Get;
        _reports = new NativeReports(_client, _batches, _headers, this);
        _reports.Start();
    }

    public bool HasFailed => _hasFailed;

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        // Replaced and disposed since the caller took it: nothing is known of the events, and they are sent again.
        if (!_batches.TryBegin(_client, outcomes, out var pending))
            return;

        var started = _time.GetTimestamp();
        try
        {
            await HandOverAsync(pending, batch, started, cancellationToken).ConfigureAwait(false);
            if (_isFatal)
                Purge(LibRdKafka.PurgeQueued);
            if (!await ReportedAsync(pending, started, cancellationToken).ConfigureAwait(false))
                KafkaOutcomes.NamePurged(outcomes.Span, cancellationToken.IsCancellationRequested ? "cancelled" : "msg_timed_out");
            else if (_isFatal)
                KafkaOutcomes.NamePurged(outcomes.Span, KafkaOutcomes.Fatal);
        }
        finally
        {
            pending.Leave();
            _client.DangerousRelease();
        }
    }

    public async ValueTask RetireAsync()
    {
        await WaitAsync(_batches.WhenIdleAsync(), RetireTimeout).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Purge(LibRdKafka.PurgeQueued | LibRdKafka.PurgeInFlight);
        await WaitAsync(_batches.WhenIdleAsync(), PurgeTimeout).ConfigureAwait(false);
        _batches.End();
        await _reports.StopAsync().ConfigureAwait(false);
        // Ends librdkafka's threads, which may take a moment.
        await Task.Run(_client.Dispose).ConfigureAwait(false);
        _headers?.Dispose();
    }

    void INativeEvents.OnError(ErrorCode code, string text, bool fatal)
    {
        if (!fatal)
        {
            _observer.OnError(code, text);
            return;
        }

        // What still stands in its queue is never sent, and would be given back only when its time is out. What is in flight is answered.
        // In this order: who hands over in between sees that the producer has failed, and purges once more.
        (_isFatal, _hasFailed) = (true, true);
        Purge(LibRdKafka.PurgeQueued);
        _observer.OnFatal(code, text);
    }

    void INativeEvents.OnLog(string facility, string text) => _observer.OnLog(facility, text);

    void INativeEvents.OnStatistics(ReadOnlySpan<byte> json) => _observer.OnStatistics(json);

    void INativeEvents.OnTokenRefresh() => _tokens?.Start(
        token => NativeTokens.Accept(_client, token), reason => NativeTokens.Fail(_client, reason));

    void INativeEvents.OnUnknownPartition() => _topics.Forget();

    private static NativeEventKind Events(AccessTokenRefresh? tokens) =>
        NativeEventKind.DeliveryReport | NativeEventKind.Error | NativeEventKind.Log | NativeEventKind.Statistics |
        (tokens is null ? NativeEventKind.None : NativeEventKind.TokenRefresh);

    private async ValueTask HandOverAsync(
        NativeBatch pending, ReadOnlyMemory<OutgoingEvent> batch, long started, CancellationToken cancellationToken)
    {
        var position = 0;
        while (position < batch.Length && !IsOver(started, cancellationToken))
        {
            var window = batch.Slice(position, Math.Min(NativeBatch.Window, batch.Length - position));
            NativeProduction.Prepare(pending, window.Span, position, _topic);
            var taken = 0;
            while ((taken = NativeProduction.HandOver(_client, pending, taken, window.Length, _headers, this)) < window.Length)
            {
                if (IsOver(started, cancellationToken))
                    break;
                // librdkafka's queue is full: that means "wait", not "fail".
                await WaitAsync(pending.Completion, QueueFullPause).ConfigureAwait(false);
            }

            position += taken;
        }

        if (position < batch.Length)
            pending.Abandon(batch.Length - position);
    }

    /// <summary>Waits for the outcomes; false where the call ended without some of them.</summary>
    /// <remarks>
    /// The time is this class's to keep. librdkafka's own (message.timeout.ms) ends each event by itself: of one key, an earlier one is
    /// then given up while a later one is still sent, and comes behind it. A purge ends all of a partition at once.
    /// </remarks>
    private async ValueTask<bool> ReportedAsync(NativeBatch pending, long started, CancellationToken cancellationToken)
    {
        var reported = pending.Completion;
        if (!reported.IsCompleted)
            await reported.WaitAsync(Left(started), _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reported.IsCompleted)
            return true;
        _hasFailed = true;
        Purge(LibRdKafka.PurgeQueued | LibRdKafka.PurgeInFlight);
        await WaitAsync(reported, PurgeTimeout).ConfigureAwait(false);
        pending.Close();
        return false;
    }

    // Once purged, the client must not go on with the rest of a batch whose beginning it has given back.
    private bool IsOver(long started, CancellationToken cancellationToken) =>
        _hasFailed || cancellationToken.IsCancellationRequested || Left(started) == TimeSpan.Zero;

    private TimeSpan Left(long started)
    {
        if (_deliveryTimeout == Timeout.InfiniteTimeSpan)
            return _deliveryTimeout;
        var left = _deliveryTimeout - _time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Purge(int what) => _ = LibRdKafka.Purge(_client.Client, what | LibRdKafka.PurgeWithoutWaiting);

    private async ValueTask WaitAsync(Task task, TimeSpan timeout)
    {
        if (!task.IsCompleted)
            await task.WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
