using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Native;

/// <summary>
/// Produces through librdkafka's C API: events are sorted by partition and handed over where they stand, without a copy and without an
/// allocation each; their outcomes come from the event queue.
/// </summary>
/// <remarks>
/// librdkafka reads the events' memory until it reports them. A cancelled call therefore has the client purged, which makes it report
/// within milliseconds, and only then gives the memory back. A purge meets other calls too; it happens at shutdown, when all end.
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
    private readonly bool _withHeader;
    private readonly Func<string, NativeTopic> _topic;
    private volatile bool _hasFailed;
    private int _disposed;

    /// <exception cref="InvalidOperationException">librdkafka does not know a property, or refuses its value.</exception>
    public NativeProducer(NativeProducerSettings settings, KafkaClientObserver observer, AccessTokenRefresh? tokens, TimeProvider time)
    {
        _observer = observer;
        _tokens = tokens;
        _time = time;
        _withHeader = settings.ContentTypeHeader;
        _client = NativeProducerHandle.Create(settings.Properties, Events(tokens), _batches.Release);
        _topics = new NativeTopics(_client, settings.TopicNames, settings.PlacesKeys, time);
        _topic = _topics.Get;
        _reports = new NativeReports(_client, _batches, this);
        _reports.Start();
    }

    public bool HasFailed => _hasFailed;

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        // Replaced and disposed since the caller took it: nothing is known of the events, and they are sent again.
        if (!_batches.TryBegin(_client, outcomes, out var pending))
            return;

        try
        {
            await HandOverAsync(pending, batch, cancellationToken).ConfigureAwait(false);
            await ReportedAsync(pending, cancellationToken).ConfigureAwait(false);
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
        Purge();
        await WaitAsync(_batches.WhenIdleAsync(), PurgeTimeout).ConfigureAwait(false);
        _batches.End();
        await _reports.StopAsync().ConfigureAwait(false);
        // Ends librdkafka's threads, which may take a moment.
        await Task.Run(_client.Dispose).ConfigureAwait(false);
    }

    void INativeEvents.OnError(ErrorCode code, string text, bool fatal)
    {
        _hasFailed |= fatal;
        if (fatal)
            _observer.OnFatal(code, text);
        else
            _observer.OnError(code, text);
    }

    void INativeEvents.OnLog(string facility, string text) => _observer.OnLog(facility, text);

    void INativeEvents.OnStatistics(ReadOnlySpan<byte> json) => _observer.OnStatistics(json);

    void INativeEvents.OnTokenRefresh() => _tokens?.Start(
        token => NativeTokens.Accept(_client, token), reason => NativeTokens.Fail(_client, reason));

    void INativeEvents.OnUnknownPartition() => _topics.Forget();

    private static NativeEventKind Events(AccessTokenRefresh? tokens) =>
        NativeEventKind.DeliveryReport | NativeEventKind.Error | NativeEventKind.Log | NativeEventKind.Statistics |
        (tokens is null ? NativeEventKind.None : NativeEventKind.TokenRefresh);

    private async ValueTask HandOverAsync(NativeBatch pending, ReadOnlyMemory<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        var position = 0;
        while (position < batch.Length && !cancellationToken.IsCancellationRequested)
        {
            var window = batch.Slice(position, Math.Min(NativeBatch.Window, batch.Length - position));
            NativeProduction.Prepare(pending, window.Span, position, _topic);
            var taken = 0;
            while ((taken = NativeProduction.HandOver(_client, pending, taken, window.Length, _withHeader, this)) < window.Length)
            {
                if (cancellationToken.IsCancellationRequested)
                    break;
                // librdkafka's queue is full: that means "wait", not "fail".
                await WaitAsync(pending.Completion, QueueFullPause).ConfigureAwait(false);
            }

            position += taken;
        }

        if (position < batch.Length)
            pending.Abandon(batch.Length - position);
    }

    private async ValueTask ReportedAsync(NativeBatch pending, CancellationToken cancellationToken)
    {
        var reported = pending.Completion;
        if (reported.IsCompleted)
            return;
        await reported.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reported.IsCompleted)
            return;
        Purge();
        await WaitAsync(reported, PurgeTimeout).ConfigureAwait(false);
        pending.Close();
    }

    private void Purge() => _ = LibRdKafka.Purge(
        _client.Client, LibRdKafka.PurgeQueued | LibRdKafka.PurgeInFlight | LibRdKafka.PurgeWithoutWaiting);

    private async ValueTask WaitAsync(Task task, TimeSpan timeout)
    {
        if (!task.IsCompleted)
            await task.WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
