using Confluent.Kafka;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public class FatalErrorTests
{
    private const int FatalLogId = 1101;
    private const int ReplacedLogId = 1102;

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task After_a_fatal_error_a_new_producer_sends_what_was_not_acknowledged(KafkaClient client)
    {
        await using var broker = new KafkaBroker(partitions: 1);
        var logs = new LogCapture();
        await using var transport = broker.CreateTransport(client, logs: logs);
        Assert.Equal(DeliveryStatus.Delivered, (await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(1, _ => "k")))[0].Status);

        broker.Cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.OutOfOrderSequenceNumber);
        var batch = KafkaBroker.Batch(10, _ => "k");
        var outcomes = await KafkaBroker.SendAsync(transport, batch);
        Assert.All(outcomes, outcome => Assert.True(outcome.Status is DeliveryStatus.Retriable or DeliveryStatus.Unknown));
        await Wait.UntilAsync(() => logs.Entries.Any(entry => entry.Id == FatalLogId), "the fatal error is logged");

        var again = await KafkaBroker.SendAsync(transport, batch);

        Assert.All(again, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        Assert.Contains(logs.Entries, entry => entry.Id == ReplacedLogId);
        Assert.Equal(11, broker.Consume(11).Count);
    }
}
