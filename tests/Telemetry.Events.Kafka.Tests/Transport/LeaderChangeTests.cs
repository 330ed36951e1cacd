using System.Text;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>A cluster that fails over: partitions get another leader, and the former one goes away.</summary>
[Trait("Category", "Integration")]
public class LeaderChangeTests
{
    private const int Partitions = 4;
    private const int BatchSize = 500;
    private const int Keys = 13;

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task Partitions_that_move_while_events_are_sent_lose_none_and_keep_the_order_of_each_key(KafkaClient client)
    {
        await using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
        {
            BrokerCount = 3,
            Topics = [new EmbeddedKafkaTopic(KafkaBroker.Topic, Partitions)],
        });
        MoveTo(kafka, broker: 1);
        await using var transport = new KafkaTransport(
            KafkaTransport.DefaultName,
            new KafkaTransportOptions { ConnectionString = kafka.BootstrapServers, Client = client },
            new TelemetryEventsOptions { ServiceName = "tests" },
            TimeProvider.System);

        for (var round = 0; round < 6; round++)
        {
            var sending = KafkaBroker.SendAsync(transport, Batch(round));
            // To 2, 3, 1 and so on, and the broker that led them is away until the next move.
            var (former, next) = ((round % 3) + 1, ((round + 1) % 3) + 1);
            kafka.BringAllBrokersUp();
            MoveTo(kafka, next);
            kafka.TakeBrokerDown(former);

            Assert.All(await sending, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        }

        kafka.BringAllBrokersUp();
        using var deadline = new CancellationTokenSource(Wait.Patience);
        var records = KafkaReader.Read(kafka, KafkaBroker.Topic, Partitions, 6 * BatchSize, deadline.Token);
        var numbers = records.GroupBy(record => Encoding.UTF8.GetString(record.Message.Key!))
            .Select(group => group.Select(record => int.Parse(record.Message.Value, provider: null)).ToList()).ToList();
        // An idempotent producer repeats nothing either, as long as it is the same one.
        Assert.Equal(Enumerable.Range(0, 6 * BatchSize), numbers.SelectMany(list => list).Order());
        Assert.All(numbers, list => Assert.Equal(list.Order(), list));
    }

    private static OutgoingEvent[] Batch(int round) =>
    [
        .. Enumerable.Range(round * BatchSize, BatchSize).Select(n => new OutgoingEvent(
            Guid.NewGuid(), KafkaBroker.Topic, Encoding.UTF8.GetBytes($"key-{n % Keys}"), Encoding.UTF8.GetBytes($"{n}"))),
    ];

    private static void MoveTo(EmbeddedKafkaCluster kafka, int broker)
    {
        for (var partition = 0; partition < Partitions; partition++)
            kafka.SetPartitionLeader(KafkaBroker.Topic, partition, broker);
    }
}
