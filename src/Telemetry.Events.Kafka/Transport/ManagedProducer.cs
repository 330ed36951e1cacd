using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Produces through Confluent.Kafka's public API, where the native path cannot be taken: the same client, at a higher cost.</summary>
internal sealed class ManagedProducer : IKafkaProducer
{
    // How long to wait for room in librdkafka's own queue before asking again.
    private static readonly TimeSpan QueueFullPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetireTimeout = TimeSpan.FromSeconds(10);

    // What was in flight when the producer failed is answered within it.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    private readonly IProducer<byte[]?, byte[]> _producer;
    private readonly IReadOnlyDictionary<string, string> _topicNames;
    private readonly Headers? _headers;
    private readonly TimeProvider _time;
    private readonly HashSet<KafkaBatch> _pending = [];
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDisposed;

    /// <exception cref="InvalidOperationException">librdkafka does not know a property.</exception>
    /// <exception cref="ArgumentException">librdkafka refuses a property's value.</exception>
    public ManagedProducer(
        ProducerConfig config, KafkaTransportOptions options, KafkaClientObserver observer, AccessTokenRefresh? tokens, TimeProvider time)
    {
        _topicNames = options.TopicNames.AsReadOnly();
        _headers = options.ContentTypeHeader ? [new Header("content-type", Encoding.ASCII.GetBytes(EnvelopeAttributes.ContentType))] : null;
        _time = time;
        _producer = Build(config, observer, tokens);
    }

    public bool HasFailed => _failed.Task.IsCompleted;

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        var pending = new KafkaBatch(outcomes);
        // Replaced and disposed since the caller took it: nothing is known of the events, and they are sent again.
        if (!TryBegin(pending))
            return;
        try
        {
            await SendAsync(batch, pending, cancellationToken).ConfigureAwait(false);
            if (HasFailed)
                KafkaOutcomes.NamePurged(outcomes.Span, KafkaOutcomes.Fatal);
        }
        finally
        {
            End(pending);
        }
    }

    public async ValueTask RetireAsync()
    {
        // librdkafka hands out the reports of a failed producer, all failed, only while someone waits for them.
        await Task.Run(() => _producer.Flush(RetireTimeout)).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        KafkaBatch[] left;
        lock (_pending)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            left = [.. _pending];
            if (left.Length == 0)
                _idle.TrySetResult();
        }

        foreach (var pending in left)
            pending.Close();
        // Confluent.Kafka frees the client even while another thread hands an event over to it, which ends the process.
        await _idle.Task.ConfigureAwait(false);
        await Task.Run(_producer.Dispose).ConfigureAwait(false);
    }

    private bool TryBegin(KafkaBatch pending)
    {
        lock (_pending)
            return !_isDisposed && _pending.Add(pending);
    }

    private void End(KafkaBatch pending)
    {
        lock (_pending)
        {
            _pending.Remove(pending);
            if (_isDisposed && _pending.Count == 0)
                _idle.TrySetResult();
        }
    }

    private async Task SendAsync(ReadOnlyMemory<OutgoingEvent> batch, KafkaBatch pending, CancellationToken cancellationToken)
    {
        // Registered first: a full queue below may hold us until shutdown's time is out.
        await using var closing = cancellationToken.UnsafeRegister(static state => ((KafkaBatch)state!).Close(), pending).ConfigureAwait(false);
        for (var i = 0; i < batch.Length && !pending.Completion.IsCompleted; i++)
        {
            while (!TryProduce(batch.Span[i], pending, i))
            {
                await pending.Completion.WaitAsync(QueueFullPause, _time, CancellationToken.None)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAny(pending.Completion, _failed.Task).ConfigureAwait(false);
        if (pending.Completion.IsCompleted)
            return;
        // What still stands in the queue of a failed producer is never sent, and would be given back only when its time is out.
        await pending.Completion.WaitAsync(AnswerTimeout, _time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        pending.Close();
    }

    /// <returns>False where librdkafka's queue is full: that means "wait", not "fail".</returns>
    private bool TryProduce(in OutgoingEvent outgoing, KafkaBatch pending, int index)
    {
        if (pending.Completion.IsCompleted)
            return true;
        if (HasFailed)
        {
            pending.Set(index, DeliveryOutcome.Retriable(KafkaOutcomes.Fatal));
            return true;
        }

        try
        {
            var message = new Message<byte[]?, byte[]>
            {
                Key = outgoing.Key.IsEmpty ? null : ToArray(outgoing.Key),
                Value = ToArray(outgoing.Body),
                Headers = _headers,
            };
            _producer.Produce(_topicNames.GetValueOrDefault(outgoing.Topic, outgoing.Topic), message, pending.HandlerFor(index));
            return true;
        }
        catch (ProduceException<byte[]?, byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
        catch (KafkaException exception)
        {
            pending.Set(index, KafkaOutcomes.From(exception.Error.Code));
            return true;
        }
    }

    private IProducer<byte[]?, byte[]> Build(ProducerConfig config, KafkaClientObserver observer, AccessTokenRefresh? tokens)
    {
        var builder = new ProducerBuilder<byte[]?, byte[]>(config)
            .SetErrorHandler((_, error) =>
            {
                if (!error.IsFatal)
                {
                    observer.OnError(error.Code, error.Reason);
                    return;
                }

                _failed.TrySetResult();
                observer.OnFatal(error.Code, error.Reason);
            })
            .SetStatisticsHandler((_, json) => observer.OnStatistics(Encoding.UTF8.GetBytes(json)))
            .SetLogHandler((_, message) => observer.OnLog(message.Facility, message.Message));
        if (tokens is not null)
        {
            builder.SetOAuthBearerTokenRefreshHandler((client, _) => tokens.Start(
                token => client.OAuthBearerSetToken(token.Value, token.ExpiresAt.ToUnixTimeMilliseconds(), token.PrincipalName),
                client.OAuthBearerSetTokenFailure));
        }

        return builder.Build();
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();
}
