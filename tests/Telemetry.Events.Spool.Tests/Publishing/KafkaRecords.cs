using System.Text;
using Confluent.Kafka;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Spool.Tests.Publishing;

/// <summary>What a topic holds, as any consumer reads it.</summary>
internal static class KafkaRecords
{
    /// <summary>Reads until there are this many different ids, those of one partition in their order.</summary>
    public static IReadOnlyList<ReceivedEvent> Read(string brokers, string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = brokers,
            GroupId = "spill-after",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(topic);
        var received = new List<ReceivedEvent>();
        var ids = new HashSet<string>();
        var deadline = DateTime.UtcNow + SpooledPublisher.Patience;
        while (ids.Count < count)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{ids.Count} of {count} arrived.");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is not { } record)
                continue;
            var read = new ReceivedEvent(Guid.Empty, topic, Encoding.UTF8.GetString(record.Message.Key), record.Message.Value);
            received.Add(read);
            ids.Add(read.Envelope.Id);
        }

        consumer.Close();
        return received;
    }
}
