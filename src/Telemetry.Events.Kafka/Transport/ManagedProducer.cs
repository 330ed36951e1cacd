using System.Collections.Concurrent;
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

    private readonly IProducer<byte[]?, byte[]> _producer;
    private readonly IReadOnlyDictionary<string, string> _topicNames;
    private readonly Headers? _headers;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<KafkaBatch, bool> _pending = new();
    private volatile bool _hasFailed;

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

    public bool HasFailed => _hasFailed;

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        var pending = new KafkaBatch(outcomes);
        _pending.TryAdd(pending, true);
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

        await pending.Completion.ConfigureAwait(false);
        _pending.TryRemove(pending, out _);
    }

    public async ValueTask RetireAsync()
    {
        // librdkafka hands out the reports of a failed producer, all failed, only while someone waits for them.
        await Task.Run(() => _producer.Flush(RetireTimeout)).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(_producer.Dispose).ConfigureAwait(false);
        // No report comes any more.
        foreach (var pending in _pending.Keys)
            pending.Close();
    }

    /// <returns>False where librdkafka's queue is full: that means "wait", not "fail".</returns>
    private bool TryProduce(in OutgoingEvent outgoing, KafkaBatch pending, int index)
    {
        if (pending.Completion.IsCompleted)
            return true;
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
        catch (ObjectDisposedException)
        {
            // Replaced and disposed since the caller took it: nothing is known of the events, and they are sent again.
            pending.Close();
            return true;
        }
    }

    private IProducer<byte[]?, byte[]> Build(ProducerConfig config, KafkaClientObserver observer, AccessTokenRefresh? tokens)
    {
        var builder = new ProducerBuilder<byte[]?, byte[]>(config)
            .SetErrorHandler((_, error) =>
            {
                _hasFailed |= error.IsFatal;
                if (error.IsFatal)
                    observer.OnFatal(error.Code, error.Reason);
                else
                    observer.OnError(error.Code, error.Reason);
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
