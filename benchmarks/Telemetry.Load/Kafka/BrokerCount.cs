using Confluent.Kafka;

namespace Telemetry.Load.Kafka;

/// <summary>
/// Counts what the broker has stored, by the end offsets of the partitions. The embedded broker keeps about 5 MB of a partition and
/// forgets what is older: records could not be counted by reading them without slowing down what is measured.
/// </summary>
internal sealed class BrokerCount(string address) : IDisposable
{
    private readonly IConsumer<Ignore, Ignore> _consumer = new ConsumerBuilder<Ignore, Ignore>(
        new ConsumerConfig { BootstrapServers = address, GroupId = "count" }).Build();

    public long Stored() => Enumerable.Range(0, BrokerProcess.Partitions)
        .Sum(partition => _consumer.QueryWatermarkOffsets(new TopicPartition(BrokerProcess.Topic, partition), TimeSpan.FromSeconds(10)).High.Value);

    public void Dispose() => _consumer.Dispose();
}
