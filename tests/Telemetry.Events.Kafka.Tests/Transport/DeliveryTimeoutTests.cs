using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>An outage longer than the client tries: what is given up then must not be overtaken by what stands behind it.</summary>
[Trait("Category", "Integration")]
public class DeliveryTimeoutTests
{
    private const int Events = 3000;

    // The queue takes a third of the batch: the rest is handed over while the first third is given up.
    private const string QueueLimit = "1000";

    [Fact]
    public async Task An_event_that_is_given_up_is_not_overtaken_by_a_later_one_of_its_key()
    {
        await using var broker = new KafkaBroker(partitionCount: 1);
        await using var transport = broker.CreateTransport(KafkaClient.Native, options =>
        {
            options.DeliveryTimeout = TimeSpan.FromSeconds(1);
            options.Properties["queue.buffering.max.messages"] = QueueLimit;
            options.Properties["reconnect.backoff.max.ms"] = "100";
        });
        // Until it arrives: the first second of a client on a busy machine may pass before it is connected.
        await DeliverAsync(transport, KafkaBroker.Batch(1, _ => "first"));
        broker.Cluster.TakeAllBrokersDown();
        var batch = KafkaBroker.Batch(Events, _ => "k");

        var outcomes = new DeliveryOutcome[Events];

        var sending = transport.SendAsync(batch, outcomes, CancellationToken.None).AsTask();
        // As soon as one is given up; then the rest must be over too, or it would be sent now.
        await Wait.UntilAsync(() => outcomes[0].Status == DeliveryStatus.Retriable, "the first event is given up");
        broker.Cluster.BringAllBrokersUp();
        await sending.WaitAsync(Wait.Patience);

        var delivered = outcomes.TakeWhile(outcome => outcome.Status == DeliveryStatus.Delivered).Count();
        Assert.DoesNotContain(outcomes.Skip(delivered), outcome => outcome.Status == DeliveryStatus.Delivered);
        Assert.All(outcomes.Skip(delivered), outcome => Assert.Equal("msg_timed_out", outcome.Reason));

        await DeliverAsync(transport, batch[delivered..]);
        var numbers = broker.ReadAll()
            .Where(record => Encoding.UTF8.GetString(record.Message.Key) == "k")
            .Select(record => Encoding.UTF8.GetString(record.Message.Value))
            .Distinct();
        Assert.Equal(batch.Select(outgoing => Encoding.UTF8.GetString(outgoing.Body.Span)), numbers);
    }

    [Theory]
    [InlineData("message.timeout.ms")]
    [InlineData("delivery.timeout.ms")]
    public async Task The_property_of_librdkafka_sets_the_same_time(string property)
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(KafkaClient.Native, options => options.Properties[property] = "1000");
        broker.Cluster.TakeAllBrokersDown();

        var outcomes = await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(1, _ => "k")).WaitAsync(TimeSpan.FromSeconds(15));

        Assert.Equal("msg_timed_out", outcomes[0].Reason);
    }

    private static Task DeliverAsync(KafkaTransport transport, OutgoingEvent[] events) => Wait.UntilAsync(
        () => KafkaBroker.SendAsync(transport, events).GetAwaiter().GetResult().All(outcome => outcome.Status == DeliveryStatus.Delivered),
        "all events are delivered");
}
