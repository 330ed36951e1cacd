using Confluent.Kafka;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public class OversizedRequestTests
{
    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task A_request_too_large_for_its_topic_drops_only_the_event_that_is_too_large_alone(KafkaClient client)
    {
        await using var broker = new KafkaBroker(partitionCount: 1);
        var logs = new LogCapture();
        // All three go in one request, so that one refusal meets all of them.
        await using var transport = broker.CreateTransport(client, options => options.Linger = TimeSpan.FromMilliseconds(100), logs);
        await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(1, _ => "k"));
        broker.Cluster.FailNextRequests(
            KafkaRequestKind.Produce, ErrorCode.MsgSizeTooLarge, ErrorCode.NoError, ErrorCode.MsgSizeTooLarge, ErrorCode.NoError);

        var outcomes = await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(3, _ => "k"));

        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Final, DeliveryStatus.Delivered], outcomes.Select(outcome => outcome.Status));
        Assert.Equal("msg_size_too_large", outcomes[1].Reason);
        Assert.Equal(3, broker.ReadAll().Count);
        Assert.Contains(logs.Entries, entry => entry.Id == 1107);
    }
}
