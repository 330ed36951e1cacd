using Confluent.Kafka;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Quotas.Log.Kafka;

/// <summary>An idempotent producer that sends at once, and is made anew where librdkafka gives one up. Safe for use from any thread.</summary>
internal sealed class StateProducer(string connectionString, TimeSpan timeout, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private IProducer<byte[], byte[]>? _producer;
    private bool _isDisposed;

    /// <summary>Sends a record; the task ends with its report, which may be an error. It never throws.</summary>
    public Task<DeliveryReport<byte[], byte[]>> ProduceAsync(TopicPartition partition, Message<byte[], byte[]> message)
    {
        var done = new TaskCompletionSource<DeliveryReport<byte[], byte[]>>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            Current().Produce(partition, message, done.SetResult);
        }
        catch (Exception exception) when (exception is KafkaException or ObjectDisposedException)
        {
            var error = exception is KafkaException kafka ? kafka.Error : new Error(ErrorCode.Local_Destroy, "the producer was closed");
            done.SetResult(new DeliveryReport<byte[], byte[]>
            {
                Error = error, Status = PersistenceStatus.NotPersisted, TopicPartitionOffset = new TopicPartitionOffset(partition, Offset.Unset), Message = message,
            });
        }

        return done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _producer?.Flush(timeout);
            _producer?.Dispose();
        }
    }

    private IProducer<byte[], byte[]> Current()
    {
        if (Volatile.Read(ref _producer) is { } producer)
            return producer;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _producer ??= Create();
        }
    }

    private IProducer<byte[], byte[]> Create() => new ProducerBuilder<byte[], byte[]>(
        new ProducerConfig(KafkaConnectionString.Parse(connectionString).ToClientConfig())
        {
            ClientId = "quota-state",
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 0,
            MessageTimeoutMs = (int)timeout.TotalMilliseconds,
            RequestTimeoutMs = (int)timeout.TotalMilliseconds,
            AllowAutoCreateTopics = false,
            SocketKeepaliveEnable = true,
            SocketNagleDisable = true,
        }).SetErrorHandler(OnError).SetLogHandler(static (_, _) => { }).Build();

    private void OnError(IProducer<byte[], byte[]> producer, Error error)
    {
        if (!error.IsFatal || Interlocked.CompareExchange(ref _producer, null, producer) != producer)
            return;
        logger.StateProducerRebuilt(error.Reason);
        // Not here: it waits for the thread that this handler runs on. Without the flush, who waits for a report would wait for ever.
        _ = Task.Run(() =>
        {
            producer.Flush(timeout);
            producer.Dispose();
        });
    }
}
