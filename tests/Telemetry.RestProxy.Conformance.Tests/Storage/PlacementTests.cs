using System.Globalization;
using System.Text;
using Telemetry.RestProxy.Conformance.Storage;

namespace Telemetry.RestProxy.Conformance.Tests.Storage;

[Trait("Category", "Integration")]
public class PlacementTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    [Fact]
    public async Task Keys_lie_where_the_Java_client_puts_them_in_the_order_in_which_they_came()
    {
        var topic = kafka.NewTopic(partitions: 7);
        await using var client = await ServerClient.StartAsync(new() { Kafka = kafka.Cluster });
        var records = Enumerable.Range(0, 2000)
            .Select(i => ((string?)$"key-{i % 250}", i.ToString(CultureInfo.InvariantCulture))).ToArray();

        using var response = await client.PostAsync(RestDialect.ConfluentV2, topic, records);

        var stored = kafka.Read(topic, records.Length);
        Assert.Equal(records.Length, stored.Count);
        Assert.All(stored, record => Assert.Equal(Murmur2.Partition(record.Message.Key!, 7), record.Partition.Value));
        Assert.All(stored.GroupBy(record => Encoding.UTF8.GetString(record.Message.Key!)), key =>
        {
            var values = key.Select(record => int.Parse(Encoding.UTF8.GetString(record.Message.Value!), CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(values.Order(), values);
        });
    }
}
