namespace Telemetry.Events.Kafka.Native;

/// <summary>A topic of a native producer, and how many partitions it has as far as is known.</summary>
internal sealed class NativeTopic(nint handle)
{
    private volatile int _partitions;
    private int _counting;
    private long _countedAt;

    /// <summary><c>rd_kafka_topic_t</c>; zero where librdkafka does not take the name.</summary>
    public nint Handle { get; } = handle;

    /// <summary>0 where it is not known (yet); librdkafka then places the events itself, once it knows.</summary>
    public int Partitions => _partitions;

    /// <summary>When the partitions were last counted, as a timestamp.</summary>
    public long CountedAt => Volatile.Read(ref _countedAt);

    /// <summary>False where a count is under way.</summary>
    public bool TryBeginCount() => Interlocked.CompareExchange(ref _counting, 1, 0) == 0;

    /// <param name="partitions">The count; 0 where the broker gave none, which leaves what was known.</param>
    /// <param name="now">A timestamp.</param>
    public void EndCount(int partitions, long now)
    {
        if (partitions > 0)
        {
            _partitions = partitions;
            Volatile.Write(ref _countedAt, now);
        }

        Volatile.Write(ref _counting, 0);
    }

    /// <summary>The count was wrong: it is taken anew.</summary>
    public void Forget() => _partitions = 0;
}
