using System.Collections.Concurrent;
using Telemetry.Events.Testing;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>Gives each record its partition and the next offset there, and forgets it: the peer of a load test.</summary>
internal sealed class SinkRecordStore : IRecordStore
{
    private const int DefaultPartitions = 4;
    private static readonly RecordFailure NoSuchPartition =
        new(RecordFailure.Retriable.ErrorCode, "Partition not present in metadata after 60000 ms.");

    private readonly ConcurrentDictionary<string, long[]> _nextOffsets = new();

    public SinkRecordStore(IReadOnlyList<EmbeddedKafkaTopic> topics)
    {
        foreach (var topic in topics)
            _nextOffsets[topic.Name] = new long[topic.Partitions];
    }

    public string ClusterId => "sink-cluster";

    public ValueTask StoreAsync(string topic, RecordBatch batch, int count)
    {
        var offsets = _nextOffsets.GetOrAdd(topic, static _ => new long[DefaultPartitions]);
        var records = batch.Records[..count];
        // One lock a batch is cheaper than an interlocked increment a record.
        lock (offsets)
        {
            foreach (ref var record in records)
            {
                if (record.Failure is not null)
                    continue;

                var partition = record.Partition != ProduceRecord.AnyPartition ? record.Partition
                    : record.Key.IsNull ? 0
                    : Murmur2.Partition(record.Key.In(batch.Buffer), offsets.Length);
                if (partition >= offsets.Length)
                {
                    record.Failure = NoSuchPartition;
                    continue;
                }

                record.StoredPartition = partition;
                record.StoredOffset = offsets[partition]++;
            }
        }

        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<TopicDescription> ListTopics() =>
    [
        .. _nextOffsets.OrderBy(topic => topic.Key, StringComparer.Ordinal).Select(topic => new TopicDescription(
            topic.Key, [.. Enumerable.Range(0, topic.Value.Length).Select(id => new PartitionDescription(id, 1, [1], [1]))])),
    ];

    public void Dispose()
    {
    }
}
