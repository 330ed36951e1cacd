using System.Collections.Concurrent;
using System.Text;
using Confluent.Kafka;
using Telemetry.Events.Kafka.Native;

namespace Telemetry.Collector.Quotas.Log.Kafka;

/// <summary>The state log as a compacted topic. A record's partition is its owner's; its key is the record's.</summary>
internal sealed class KafkaStateLog(string connectionString, StateLogOptions options, ILogger<KafkaStateLog> logger) : IStateLog, IDisposable
{
    /// <summary>Whose the record is; the key alone does not tell.</summary>
    public const string OwnerHeader = "owner";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly StateProducer _producer = new(connectionString, options.StateTimeout, logger);
    private readonly StateTopic _topic = new(connectionString, options.StateTopic);
    private readonly CancellationTokenSource _disposing = new();
    private readonly ConcurrentBag<Task> _readings = [];

    public async Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken)
    {
        var replayed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _readings.Add(Task.Factory.StartNew(
            () => new StateReader(_topic, apply, logger).Run(replayed, _disposing.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await replayed.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken)
    {
        var partitions = await _topic.CountPartitionsAsync();
        var reports = new Task<DeliveryReport<byte[], byte[]>>[records.Count];
        for (var i = 0; i < reports.Length; i++)
        {
            var record = records[i];
            reports[i] = _producer.ProduceAsync(
                new TopicPartition(options.StateTopic, Murmur2.Partition(Encoding.UTF8.GetBytes(record.Owner), partitions)),
                new Message<byte[], byte[]>
                {
                    Key = Encoding.UTF8.GetBytes(record.Key),
                    Value = record.Value.IsEmpty ? null! : record.Value.ToArray(),
                    Headers = [new Header(OwnerHeader, Encoding.UTF8.GetBytes(record.Owner))],
                });
        }

        DeliveryReport<byte[], byte[]>[] outcomes;
        try
        {
            // The client gives up by itself before; this is for a report that never comes.
            outcomes = await Task.WhenAll(reports).WaitAsync(2 * options.StateTimeout + Grace, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new StateLogException("Kafka's client did not say what became of a record of the state log.", isOutcomeUnknown: true, exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new StateLogException("The wait for the state log's acknowledgement was ended.", isOutcomeUnknown: true, exception);
        }

        if (outcomes.FirstOrDefault(outcome => outcome.Error.IsError) is not { } failed)
            return;
        throw new StateLogException(
            $"Kafka did not take a record of the state log: {failed.Error.Reason}.",
            isOutcomeUnknown: outcomes.Any(outcome => outcome.Status != PersistenceStatus.NotPersisted));
    }

    public void Dispose()
    {
        _disposing.Cancel();
        Task.WaitAll(_readings);
        _producer.Dispose();
        _topic.Dispose();
        _disposing.Dispose();
    }
}
