using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>The topics of a native producer, with their numbers of partitions. Safe for use from any thread; never waits.</summary>
/// <param name="client">The client, a reference of which every caller holds.</param>
/// <param name="names">The brokers' names of topics, by the catalog's, where they differ.</param>
/// <param name="counted">False where librdkafka is to place the events: then no partition is ever counted.</param>
/// <param name="time">The clock.</param>
internal sealed class NativeTopics(
    NativeProducerHandle client, IReadOnlyDictionary<string, string> names, bool counted, TimeProvider time)
{
    private const int MetadataTimeoutMs = 5000;

    // As often as Kafka's clients by default look whether a topic has grown (metadata.max.age.ms, topic.metadata.refresh.interval.ms).
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, NativeTopic> _topics = new(StringComparer.Ordinal);

    /// <summary>The topic by the catalog's name. Has its partitions counted in the background where the count is missing or old.</summary>
    public NativeTopic Get(string name)
    {
        if (!_topics.TryGetValue(name, out var topic))
            topic = _topics.GetOrAdd(name, name => new NativeTopic(client.NewTopic(names.GetValueOrDefault(name, name))));
        if (counted
            && topic.Handle != nint.Zero
            && (topic.Partitions == 0 || time.GetElapsedTime(topic.CountedAt) > MaxAge)
            && topic.TryBeginCount())
        {
            BeginCount(topic);
        }

        return topic;
    }

    /// <summary>A partition that was counted does not exist (any more).</summary>
    public void Forget()
    {
        foreach (var topic in _topics.Values)
            topic.Forget();
    }

    private void BeginCount(NativeTopic topic)
    {
        var held = false;
        client.DangerousAddRef(ref held);
        _ = Task.Run(() =>
        {
            try
            {
                topic.EndCount(Count(topic.Handle), time.GetTimestamp());
            }
            finally
            {
                client.DangerousRelease();
            }
        });
    }

    private unsafe int Count(nint topic)
    {
        NativeMetadata* metadata = null;
        if (LibRdKafka.GetMetadata(client.Client, 0, topic, &metadata, MetadataTimeoutMs) != ErrorCode.NoError)
            return 0;
        var partitions = metadata->TopicCount == 1 && metadata->Topics[0].Error == ErrorCode.NoError ? metadata->Topics[0].PartitionCount : 0;
        LibRdKafka.DestroyMetadata(metadata);
        return partitions;
    }
}
