using System.Diagnostics;
using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

[Trait("Category", "Integration")]
public sealed class EmbeddedKafkaFaultTests : IAsyncLifetime
{
    private readonly EmbeddedKafkaCluster _cluster = EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { BrokerCount = 2, Topics = [new EmbeddedKafkaTopic("orders")] });

    public EmbeddedKafkaFaultTests() => _cluster.SetPartitionLeader("orders", 0, 1);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task While_its_broker_is_down_a_message_times_out_and_afterwards_the_same_producer_delivers()
    {
        using var producer = KafkaClients.Producer(_cluster, config => config.MessageTimeoutMs = 500);
        await producer.SendAsync("orders", "before");

        _cluster.TakeBrokerDown(1);
        var error = await producer.SendAndFailAsync("orders", "during").WaitAsync(KafkaClients.Deadline);
        _cluster.BringBrokerUp(1);
        var delivered = await SendUntilDelivered(producer);

        Assert.Equal(ErrorCode.Local_MsgTimedOut, error.Code);
        Assert.Equal(1, delivered.Offset.Value);
    }

    [Fact]
    public async Task Messages_wait_out_an_outage_that_is_shorter_than_their_timeout()
    {
        using var producer = KafkaClients.Producer(_cluster);
        await producer.SendAsync("orders", "before");

        _cluster.TakeAllBrokersDown();
        var pending = producer.SendAsync("orders", "during");
        _cluster.BringAllBrokersUp();

        Assert.Equal(1, (await pending).Offset.Value);
    }

    [Fact]
    public async Task A_producer_that_has_run_out_of_retries_sees_the_pushed_error()
    {
        using var producer = KafkaClients.Producer(_cluster, config => config.MessageSendMaxRetries = 1);
        _cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.RequestTimedOut, ErrorCode.NotEnoughReplicas);

        var error = await producer.SendAndFailAsync("orders", "value");

        Assert.Equal(ErrorCode.NotEnoughReplicas, error.Code);
    }

    [Fact]
    public async Task A_producer_with_retries_left_delivers_after_the_pushed_errors()
    {
        using var producer = KafkaClients.Producer(_cluster, config => config.MessageSendMaxRetries = 2);
        _cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.RequestTimedOut, ErrorCode.NotEnoughReplicas);

        var delivered = await producer.SendAsync("orders", "value");

        Assert.Equal(0, delivered.Offset.Value);
    }

    [Fact]
    public async Task Cleared_errors_meet_no_request()
    {
        using var producer = KafkaClients.Producer(_cluster, config => config.MessageSendMaxRetries = 0);
        _cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.NotEnoughReplicas);

        _cluster.ClearRequestErrors(KafkaRequestKind.Produce);

        Assert.Equal(0, (await producer.SendAsync("orders", "value")).Offset.Value);
    }

    [Fact]
    public async Task A_topic_error_reaches_the_producer_until_it_is_taken_back()
    {
        _cluster.SetTopicError("orders", ErrorCode.TopicAuthorizationFailed);
        using var producer = KafkaClients.Producer(_cluster);

        var error = await producer.SendAndFailAsync("orders", "value");
        _cluster.SetTopicError("orders", ErrorCode.NoError);
        using var next = KafkaClients.Producer(_cluster);
        var delivered = await next.SendAsync("orders", "value");

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, error.Code);
        Assert.Equal(0, delivered.Offset.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task A_round_trip_time_delays_the_acknowledgement(int? brokerId)
    {
        var delay = TimeSpan.FromMilliseconds(300);
        using var producer = KafkaClients.Producer(_cluster);
        await producer.SendAsync("orders", "fast");

        _cluster.SetRoundTripTime(delay, brokerId);
        var clock = Stopwatch.StartNew();
        await producer.SendAsync("orders", "slow");

        Assert.True(clock.Elapsed >= delay, $"Acknowledged after {clock.Elapsed.TotalMilliseconds} ms.");
    }

    [Fact]
    public async Task One_response_comes_late_and_those_of_other_brokers_do_not()
    {
        _cluster.CreateTopic("others");
        _cluster.SetPartitionLeader("others", 0, 2);
        using var producer = KafkaClients.Producer(_cluster, config => config.LingerMs = 0);
        await producer.SendAsync("orders", "first");
        await producer.SendAsync("others", "first");
        var delay = TimeSpan.FromSeconds(2);

        _cluster.DelayNextResponse(KafkaRequestKind.Produce, delay, 1);
        var clock = Stopwatch.StartNew();
        var late = producer.SendAsync("orders", "late");
        await producer.SendAsync("others", "in time");

        Assert.False(late.IsCompleted);
        Assert.Equal(1, (await late).Offset.Value);
        Assert.True(clock.Elapsed >= delay, $"Acknowledged after {clock.Elapsed.TotalMilliseconds} ms.");
    }

    [Fact]
    public async Task Ending_the_delay_releases_the_responses_that_wait()
    {
        using var producer = KafkaClients.Producer(_cluster);
        await producer.SendAsync("orders", "fast");
        _cluster.SetRoundTripTime(TimeSpan.FromHours(1));
        var pending = producer.SendAsync("orders", "held");

        _cluster.SetRoundTripTime(TimeSpan.Zero);

        Assert.Equal(1, (await pending.WaitAsync(KafkaClients.Deadline)).Offset.Value);
    }

    [Fact]
    public async Task After_a_leader_change_the_producer_no_longer_needs_the_old_leader()
    {
        using var producer = KafkaClients.Producer(_cluster);
        await producer.SendAsync("orders", "to broker 1");

        _cluster.SetPartitionLeader("orders", 0, 2);
        _cluster.TakeBrokerDown(1);
        var delivered = await producer.SendAsync("orders", "to broker 2");

        Assert.Equal(1, delivered.Offset.Value);
    }

    [Fact]
    public async Task A_partition_without_a_leader_takes_records_again_once_it_has_one()
    {
        _cluster.SetPartitionLeader("orders", 0, null);
        using var producer = KafkaClients.Producer(_cluster, config => config.MessageTimeoutMs = 300);

        var error = await producer.SendAndFailAsync("orders", "lost");
        _cluster.SetPartitionLeader("orders", 0, 2);
        var delivered = await SendUntilDelivered(producer);

        Assert.Equal(ErrorCode.Local_MsgTimedOut, error.Code);
        Assert.Equal(0, delivered.Offset.Value);
    }

    // A short message time-out may pass again before the client has reconnected.
    private static async Task<DeliveryResult<string, string>> SendUntilDelivered(IProducer<string, string> producer)
    {
        using var deadline = new CancellationTokenSource(KafkaClients.Deadline);
        while (true)
        {
            try
            {
                return await producer.SendAsync("orders", "after");
            }
            catch (ProduceException<string, string>) when (!deadline.IsCancellationRequested)
            {
            }
        }
    }
}
