using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public abstract class KafkaTransportTests(KafkaClient client) : IAsyncDisposable
{
    private readonly KafkaBroker _broker = new();

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Key_body_and_content_type_arrive_as_they_are_and_each_event_has_its_place()
    {
        await using var transport = Create();
        var batch = KafkaBroker.Batch(100, i => $"key-{i % 7}");
        var outcomes = new DeliveryOutcome[batch.Length];

        await transport.SendAsync(batch, outcomes, CancellationToken.None).AsTask().WaitAsync(Wait.Patience);

        var records = _broker.Consume(batch.Length).ToDictionary(record => (record.Partition.Value, record.Offset.Value));
        for (var i = 0; i < batch.Length; i++)
        {
            Assert.Equal(DeliveryStatus.Delivered, outcomes[i].Status);
            var record = records[(outcomes[i].Partition, outcomes[i].Offset)];
            Assert.Equal(batch[i].Key.ToArray(), record.Message.Key);
            Assert.Equal(batch[i].Body.ToArray(), record.Message.Value);
            Assert.Equal(
                "application/cloudevents+json; charset=UTF-8",
                Encoding.ASCII.GetString(record.Message.Headers.GetLastBytes("content-type")));
        }

        // The partition is murmur2's: the Java client puts this key there too.
        Assert.All(
            batch.Select((outgoing, i) => (Key: Encoding.UTF8.GetString(outgoing.Key.Span), outcomes[i].Partition)).GroupBy(entry => entry.Key),
            group => Assert.Single(group.Select(entry => entry.Partition).Distinct()));
    }

    [Theory]
    // Published vectors of org.apache.kafka.common.utils.Utils.murmur2 (UtilsTest), made positive, modulo 4.
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    public async Task A_key_goes_where_the_Java_client_puts_it(string key, int murmur2)
    {
        await using var transport = Create();
        var outcomes = new DeliveryOutcome[1];

        await transport.SendAsync(KafkaBroker.Batch(1, _ => key), outcomes, CancellationToken.None).AsTask().WaitAsync(Wait.Patience);

        Assert.Equal((murmur2 & int.MaxValue) % 4, outcomes[0].Partition);
    }

    [Fact]
    public async Task A_broker_that_is_down_makes_events_retriable_and_they_arrive_when_it_is_up()
    {
        await using var transport = Create(TimeSpan.FromSeconds(1));
        var outcomes = new DeliveryOutcome[1];
        _broker.Cluster.TakeAllBrokersDown();

        await transport.SendAsync(KafkaBroker.Batch(1, _ => "k"), outcomes, CancellationToken.None).AsTask().WaitAsync(Wait.Patience);
        Assert.True(outcomes[0].Status is DeliveryStatus.Retriable or DeliveryStatus.Unknown);
        Assert.Equal("msg_timed_out", outcomes[0].Reason);

        _broker.Cluster.BringAllBrokersUp();
        var again = new DeliveryOutcome[1];
        // The first attempts may still fall into the client's reconnect back-off.
        for (var attempt = 0; attempt < 10 && again[0].Status != DeliveryStatus.Delivered; attempt++)
            await transport.SendAsync(KafkaBroker.Batch(1, _ => "k"), again, CancellationToken.None).AsTask().WaitAsync(Wait.Patience);
        Assert.Equal(DeliveryStatus.Delivered, again[0].Status);
    }

    [Fact]
    public async Task An_event_too_large_for_the_broker_is_final_and_its_neighbours_arrive()
    {
        await using var transport = Create(maxMessageBytes: 2000);
        var batch = KafkaBroker.Batch(3, i => $"{i}");
        batch[1] = batch[1] with { Body = new byte[5000] };
        var outcomes = new DeliveryOutcome[3];

        await transport.SendAsync(batch, outcomes, CancellationToken.None).AsTask().WaitAsync(Wait.Patience);

        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Final, DeliveryStatus.Delivered], outcomes.Select(outcome => outcome.Status));
        Assert.Equal("msg_size_too_large", outcomes[1].Reason);
    }

    [Fact]
    public async Task A_batch_larger_than_the_clients_queue_waits_instead_of_failing()
    {
        await using var transport = Create(queueMessages: 10);
        var outcomes = new DeliveryOutcome[500];

        await transport.SendAsync(KafkaBroker.Batch(500, i => $"{i}"), outcomes, CancellationToken.None).AsTask().WaitAsync(Wait.Patience);

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
    }

    private KafkaTransport Create(TimeSpan? deliveryTimeout = null, int? maxMessageBytes = null, int? queueMessages = null) =>
        _broker.CreateTransport(client, options =>
        {
            options.DeliveryTimeout = deliveryTimeout ?? options.DeliveryTimeout;
            if (maxMessageBytes is { } bytes)
                options.Properties["message.max.bytes"] = $"{bytes}";
            if (queueMessages is { } messages)
                options.Properties["queue.buffering.max.messages"] = $"{messages}";
        });
}
