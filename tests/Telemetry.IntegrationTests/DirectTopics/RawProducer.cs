using System.Text;
using Confluent.Kafka;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>Produces whatever bytes it is given, as no producer of ours would.</summary>
internal sealed class RawProducer(string bootstrapServers) : IDisposable
{
    private readonly IProducer<byte[], byte[]> _producer =
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = bootstrapServers, EnableIdempotence = true }).Build();

    public void Produce(string topic, byte[] value, string? key = null) => _producer.Produce(
        topic, new Message<byte[], byte[]> { Key = key is null ? null! : Encoding.UTF8.GetBytes(key), Value = value });

    public void Produce(string topic, string value, string? key = null) => Produce(topic, Encoding.UTF8.GetBytes(value), key);

    public void Flush() => Assert.Equal(0, _producer.Flush(TimeSpan.FromSeconds(30)));

    public void Dispose() => _producer.Dispose();
}
