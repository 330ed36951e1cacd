using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

[Trait("Category", "Integration")]
public sealed class EmbeddedKafkaArgumentTests : IDisposable
{
    private readonly EmbeddedKafkaCluster _cluster = EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { BrokerCount = 2, Topics = [new EmbeddedKafkaTopic("orders", 2)] });

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    public void A_broker_that_does_not_exist_is_refused(int broker)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.TakeBrokerDown(broker));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.BringBrokerUp(broker));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.SetRoundTripTime(TimeSpan.Zero, broker));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _cluster.DelayNextResponse(KafkaRequestKind.Produce, TimeSpan.Zero, broker));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.SetPartitionLeader("orders", 0, broker));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void A_partition_that_does_not_exist_is_refused(int partition) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.SetPartitionLeader("orders", partition, 1));

    [Fact]
    public void A_negative_or_endless_round_trip_time_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.SetRoundTripTime(TimeSpan.FromMilliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.SetRoundTripTime(TimeSpan.MaxValue));
    }

    [Fact]
    public void An_error_that_no_broker_sends_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.Local_MsgTimedOut));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.SetTopicError("orders", ErrorCode.Local_Transport));
    }

    [Fact]
    public void A_kind_of_request_without_a_name_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.FailNextRequests((KafkaRequestKind)99, ErrorCode.Unknown));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.ClearRequestErrors((KafkaRequestKind)(-1)));
    }
}
