using System.Text;

namespace Telemetry.Events.Kafka.Tests.Observability;

public class KafkaStatisticsTests
{
    // As librdkafka 2.16 writes it (STATISTICS.md), shortened: what is read, something unread of each kind, a bootstrap entry.
    private const string Report = """
        {"name":"rdkafka#producer-1","client_id":"tests","ts":1,"msg_cnt":7,"msg_size":700,"msg_max":100000,"tx":5,"tx_bytes":11197,
        "txmsgs":100,"txmsg_bytes":10000,"brokers":{
        "a:9092/bootstrap":{"name":"a:9092/bootstrap","nodeid":-1,"nodename":"a:9092","txretries":99,"connects":99,"disconnects":99},
        "a:9092/1":{"name":"a:9092/1","nodeid":1,"nodename":"a:9092","state":"UP","txretries":2,"connects":3,"disconnects":1,
        "rtt":{"min":1,"p99":2500,"avg":3},"throttle":{"min":0,"avg":120,"p99":500},"req":{"Produce":1},"toppars":{"t-0":{"topic":"t"}}}},
        "topics":{"t":{"partitions":{"0":{"msgq_cnt":1}}}},"replyq":0}
        """;

    [Fact]
    public void What_is_shown_is_read_and_the_rest_is_passed_over()
    {
        var statistics = new KafkaStatistics();

        Assert.True(statistics.TryRead(Encoding.UTF8.GetBytes(Report)));

        var read = statistics.Read();
        Assert.Equal((7L, 700L, 100L, 11197L), (read.QueuedMessages, read.QueuedBytes, read.SentMessages, read.SentBytes));
        Assert.Equal(
            new BrokerStatistics("a:9092", 2, 3, 1, TimeSpan.FromMilliseconds(2.5), TimeSpan.FromMilliseconds(120)),
            Assert.Single(read.Brokers));
    }

    [Fact]
    public void Counters_go_on_when_a_new_producer_counts_from_zero()
    {
        var statistics = new KafkaStatistics();
        statistics.TryRead(Encoding.UTF8.GetBytes(Report));

        statistics.OnReplaced();
        var between = statistics.Read();
        statistics.TryRead(Encoding.UTF8.GetBytes(Report));
        var after = statistics.Read();

        Assert.Equal((0L, 100L), (between.QueuedMessages, between.SentMessages));
        Assert.Equal((7L, 200L, 22394L), (after.QueuedMessages, after.SentMessages, after.SentBytes));
        Assert.Equal((4L, 6L, 2L), (after.Brokers[0].Retries, after.Brokers[0].Connects, after.Brokers[0].Disconnects));
        Assert.Equal(TimeSpan.FromMilliseconds(2.5), after.Brokers[0].RoundTripP99);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("""{"msg_cnt":"seven"}""")]
    [InlineData("""{"msg_cnt":1.5}""")]
    [InlineData("""{"brokers":7}""")]
    [InlineData("""{"msg_cnt":7,"bro""")]
    public void What_is_no_report_is_refused_and_leaves_what_was_known(string json)
    {
        var statistics = new KafkaStatistics();
        statistics.TryRead(Encoding.UTF8.GetBytes(Report));

        Assert.False(statistics.TryRead(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(100, statistics.Read().SentMessages);
    }
}
