using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Ingestion;

/// <summary>
/// Reads run events and hands them to the store in batches. Offsets are committed only behind what is stored, so that a crash
/// between the two repeats records, which the store does not mind, and never skips one.
/// </summary>
internal sealed class RunEventConsumer(
    IRunStore store,
    RunEventConsumerFactory factory,
    IngestionProgress progress,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<RunEventConsumer> logger) : BackgroundService
{
    private static readonly TimeSpan MaxStoreRetryDelay = TimeSpan.FromMinutes(1);

    private readonly IngestionOptions _options = options.Value;
    private readonly RunEventBatch _batch = new();

    private IConsumer<byte[], byte[]>? _consumer;

    // Here and not in the loop: a configuration that librdkafka refuses must fail the start.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _consumer = factory.Create();
        return base.StartAsync(cancellationToken);
    }

    // Consume blocks its thread, so that this loop keeps one pool thread for itself and must not hold up the host's start.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => RunAsync(_consumer!, stoppingToken), stoppingToken);

    private async Task RunAsync(IConsumer<byte[], byte[]> consumer, CancellationToken stopping)
    {
        consumer.Subscribe([_options.LoadTopic, _options.TaskTopic]);
        logger.Subscribed(_options.LoadTopic, _options.TaskTopic, _options.GroupId);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                Fill(consumer, stopping);
                progress.SetLag(IngestionProgress.LagOf(consumer) + _batch.Records);
                if (_batch.Records > 0)
                    await StoreAsync(consumer, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is read and not stored is not committed either; it is read again at the next start.
        }
        finally
        {
            consumer.Close();
            consumer.Dispose();
        }
    }

    private void Fill(IConsumer<byte[], byte[]> consumer, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        while (_batch.Records < _options.MaxBatchRecords && !stopping.IsCancellationRequested)
        {
            var left = _options.MaxBatchWait - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || !TryConsume(consumer, left))
                return;
        }
    }

    private bool TryConsume(IConsumer<byte[], byte[]> consumer, TimeSpan wait)
    {
        try
        {
            if (consumer.Consume(wait) is not { } record)
                return false;
            _batch.Add(record, time.GetUtcNow());
            return true;
        }
        catch (ConsumeException exception)
        {
            // Such as a topic that does not exist yet. librdkafka goes on by itself.
            logger.ConsumeFailed(exception.Error.Code, exception.Error.Reason);
            progress.Failed($"Kafka: {exception.Error.Reason}");
            return false;
        }
    }

    private async Task StoreAsync(IConsumer<byte[], byte[]> consumer, CancellationToken stopping)
    {
        var delay = _options.StoreRetryDelay;
        while (true)
        {
            try
            {
                await store.ApplyAsync(_batch.Events, _batch.DeadLetters, stopping);
                break;
            }
#pragma warning disable CA1031 // Whatever the engine threw: the records wait here and in Kafka, and are tried again.
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.StoreFailed(exception, _batch.Records, delay);
                progress.Failed($"Store: {exception.Message}");
                PollWithoutReading(consumer, delay, stopping);
                delay = delay * 2 > MaxStoreRetryDelay ? MaxStoreRetryDelay : delay * 2;
            }
        }

        foreach (var dead in _batch.DeadLetters)
            logger.DeadLettered(dead.Topic, dead.Partition, dead.Offset, dead.Reason);
        Commit(consumer);
        progress.Stored(_batch.Records, _batch.DeadLetters.Count);
        _batch.Clear();
    }

    // A consumer that does not poll for max.poll.interval.ms is put out of its group; paused, it polls without reading.
    private void PollWithoutReading(IConsumer<byte[], byte[]> consumer, TimeSpan wait, CancellationToken stopping)
    {
        consumer.Pause(consumer.Assignment);
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) is var elapsed && elapsed < wait && !stopping.IsCancellationRequested)
            TryConsume(consumer, TimeSpan.FromMilliseconds(Math.Min(100, (wait - elapsed).TotalMilliseconds)));
        consumer.Resume(consumer.Assignment);
    }

    private void Commit(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            consumer.Commit(_batch.NextOffsets);
        }
        catch (KafkaException exception)
        {
            // The records are stored. At worst they are read once more, by whoever has the partition now.
            logger.CommitFailed(exception.Error.Code, exception.Error.Reason);
        }
    }
}
