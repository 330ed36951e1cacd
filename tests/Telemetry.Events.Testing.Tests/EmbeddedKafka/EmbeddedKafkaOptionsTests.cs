namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

public sealed class EmbeddedKafkaOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void A_cluster_has_1_to_16_brokers(int brokers) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { BrokerCount = brokers }));

    [Theory]
    [InlineData(-1)]
    [InlineData(60_001)]
    public void A_group_waits_at_most_a_minute(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => EmbeddedKafkaCluster.Start(
                new EmbeddedKafkaOptions { GroupInitialRebalanceDelay = TimeSpan.FromMilliseconds(milliseconds) }));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_topic_has_1_to_1000_partitions(int partitions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StartWith(new EmbeddedKafkaTopic("orders", partitions)));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("two words")]
    [InlineData("a/b")]
    [InlineData("zero\0byte")]
    [InlineData("straße")]
    public void A_name_that_Kafka_would_refuse_is_refused_here(string name) =>
        Assert.Throws<ArgumentException>(() => StartWith(new EmbeddedKafkaTopic(name)));

    [Fact]
    public void A_name_is_at_most_249_characters_long() =>
        Assert.Throws<ArgumentException>(() => StartWith(new EmbeddedKafkaTopic(new string('a', 250))));

    [Fact]
    public void A_topic_is_named_once()
    {
        var error = Assert.Throws<ArgumentException>(
            () => StartWith(new EmbeddedKafkaTopic("orders"), new EmbeddedKafkaTopic("orders", 2)));

        Assert.Contains("'orders' twice", error.Message, StringComparison.Ordinal);
    }

    private static void StartWith(params EmbeddedKafkaTopic[] topics) =>
        EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = topics }).Dispose();
}
