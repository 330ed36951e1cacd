using System.Text;
using Telemetry.Events.Kafka.Native;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public class PartitionEqualityTests
{
    private const int Keys = 10_000;
    private const int Partitions = 7;

    [Fact]
    public async Task Ten_thousand_keys_have_the_partition_that_librdkafkas_murmur2_random_gives_them_on_both_paths()
    {
        await using var broker = new KafkaBroker(Partitions);
        var random = new Random(20_26);
        var keys = Enumerable.Range(0, Keys).Select(_ => RandomKey(random)).ToArray();
        OutgoingEvent[] batch = [.. keys.Select(key => new OutgoingEvent(Guid.Empty, KafkaBroker.Topic, key, new byte[] { 1 }))];
        var ours = keys.Select(key => Murmur2.Partition(key, Partitions)).ToArray();

        await using var managed = broker.CreateTransport(KafkaClient.Managed);
        Assert.Equal(ours, (await KafkaBroker.SendAsync(managed, batch)).Select(outcome => outcome.Partition));

        await using var native = broker.CreateTransport(KafkaClient.Native);
        // The first batch may go before the partitions are counted, and librdkafka places it; the second is placed by us.
        Assert.Equal(ours, (await KafkaBroker.SendAsync(native, batch)).Select(outcome => outcome.Partition));
        Assert.Equal(ours, (await KafkaBroker.SendAsync(native, batch)).Select(outcome => outcome.Partition));
        Assert.Equal(Partitions, ours.Distinct().Count());
    }

    [Fact]
    public async Task Another_partitioner_that_is_asked_for_is_used()
    {
        await using var broker = new KafkaBroker(Partitions);
        await using var transport = broker.CreateTransport(KafkaClient.Native, options => options.Properties["partitioner"] = "consistent");
        var batch = KafkaBroker.Batch(200, i => $"key-{i}");

        await KafkaBroker.SendAsync(transport, batch);
        var outcomes = await KafkaBroker.SendAsync(transport, batch);

        var murmur2 = batch.Select(outgoing => Murmur2.Partition(outgoing.Key.Span, Partitions));
        Assert.NotEqual(murmur2, outcomes.Select(outcome => outcome.Partition));
        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
    }

    private static byte[] RandomKey(Random random) => random.Next(3) switch
    {
        0 => Encoding.UTF8.GetBytes($"user-{random.Next(1_000_000)}"),
        1 => Encoding.UTF8.GetBytes(new Guid(Bytes(random, 16)).ToString()),
        _ => Bytes(random, random.Next(1, 40)),
    };

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
