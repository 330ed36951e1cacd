using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>The native path reads events where they stand: what happens to them when a call ends early.</summary>
[Trait("Category", "Integration")]
public class CancellationTests
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_call_cancelled_while_brokers_are_down_gives_its_memory_back_and_none_of_it_is_sent_later()
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(KafkaClient.Native);
        await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(4, i => $"{i}"));
        broker.Cluster.TakeAllBrokersDown();
        using var cancellation = new CancellationTokenSource();
        var batch = KafkaBroker.Batch(1000, i => $"{i}");
        var outcomes = new DeliveryOutcome[batch.Length];

        var sending = transport.SendAsync(batch, outcomes, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await sending.WaitAsync(Promptly);
        Assert.All(outcomes, outcome => Assert.True(outcome is { Status: DeliveryStatus.Unknown or DeliveryStatus.Retriable, Reason: "cancelled" }));
        // The publisher's again, and filled with other events.
        foreach (var outgoing in batch)
            Overwrite(outgoing.Body);
        broker.Cluster.BringAllBrokersUp();

        var after = KafkaBroker.Batch(4, i => $"{i}");
        await Wait.UntilAsync(
            () => KafkaBroker.SendAsync(transport, after).GetAwaiter().GetResult().All(outcome => outcome.Status == DeliveryStatus.Delivered),
            "events are delivered after the outage");
        Assert.DoesNotContain(broker.Consume(8), record => Encoding.UTF8.GetString(record.Message.Value).Contains('!'));
    }

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task Dispose_during_a_send_lets_it_return_with_what_is_known(KafkaClient client)
    {
        await using var broker = new KafkaBroker();
        var transport = broker.CreateTransport(client);
        await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(4, i => $"{i}"));
        broker.Cluster.TakeAllBrokersDown();

        var sending = Enumerable.Range(0, 3).Select(_ => KafkaBroker.SendAsync(transport, KafkaBroker.Batch(1000, i => $"{i}"))).ToArray();
        await transport.DisposeAsync().AsTask().WaitAsync(Wait.Patience);

        foreach (var outcomes in await Task.WhenAll(sending).WaitAsync(Promptly))
            Assert.All(outcomes, outcome => Assert.True(outcome.Status is DeliveryStatus.Unknown or DeliveryStatus.Retriable));
    }

    [Fact]
    public async Task A_send_after_dispose_leaves_its_events_unknown()
    {
        await using var broker = new KafkaBroker();
        var transport = broker.CreateTransport(KafkaClient.Native);
        await transport.DisposeAsync();

        var outcomes = await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(3, i => $"{i}"));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Unknown, outcome.Status));
    }

    private static void Overwrite(ReadOnlyMemory<byte> body)
    {
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out var segment);
        segment.AsSpan().Fill((byte)'!');
    }
}
