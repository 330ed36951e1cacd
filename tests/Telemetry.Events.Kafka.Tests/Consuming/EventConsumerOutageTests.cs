using Telemetry.Events.Testing;

namespace Telemetry.Events.Kafka.Tests.Consuming;

[Trait("Category", "Integration")]
public sealed class EventConsumerOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(40);

    private readonly ConsumerBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_broker_that_goes_and_comes_back_costs_no_event()
    {
        await _bench.ProduceAsync(0, 10);
        var handler = new ScriptedHandler();
        var consumer = _bench.Run(handler);
        await ConsumerBench.UntilAsync(() => consumer.Status.Handled == 10);

        _bench.Kafka.TakeAllBrokersDown();
        await ConsumerBench.UntilAsync(() => consumer.Status.LastError is not null);
        _bench.Kafka.BringAllBrokersUp();
        await _bench.ProduceAsync(10, 10);

        await ConsumerBench.UntilAsync(
            () => handler.Handled.Distinct().Count() == 20, () => $"{consumer.Status} {consumer.Status.LastError}");
        await ConsumerBench.UntilAsync(() => _bench.Committed() == 20);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_yet_is_waited_for()
    {
        await _bench.ProduceAsync(0, 10);
        _bench.Kafka.TakeAllBrokersDown();
        var handler = new ScriptedHandler();

        var consumer = _bench.Run(handler);
        await ConsumerBench.UntilAsync(() => consumer.Status.FindProblem(TimeSpan.FromHours(1)) is { } problem
            && problem.StartsWith("No partition is assigned yet. Kafka: ", StringComparison.Ordinal));
        _bench.Kafka.BringAllBrokersUp();

        await ConsumerBench.UntilAsync(() => handler.Handled.Count == 10);
    }

    [Fact]
    public async Task A_commit_that_the_broker_refuses_is_made_good_later()
    {
        _bench.Kafka.FailNextRequests(
            KafkaRequestKind.OffsetCommit, [.. Enumerable.Repeat(Confluent.Kafka.ErrorCode.InvalidCommitOffsetSize, 3)]);
        await _bench.ProduceAsync(0, 10);
        var handler = new ScriptedHandler();

        var consumer = _bench.Run(handler);

        await ConsumerBench.UntilAsync(() => _bench.Committed() == 10, () => $"{consumer.Status}");
        Assert.True(consumer.Status.CommitFailures > 0);
        Assert.Equal(10, handler.Handled.Count);
    }

    [Fact]
    public async Task What_was_handled_and_not_committed_comes_again()
    {
        await _bench.ProduceAsync(0, 10);
        _bench.Kafka.FailNextRequests(
            KafkaRequestKind.OffsetCommit, [.. Enumerable.Repeat(Confluent.Kafka.ErrorCode.InvalidCommitOffsetSize, 1000)]);
        var (one, two) = (new ScriptedHandler(), new ScriptedHandler());
        var first = _bench.Run(one);
        await ConsumerBench.UntilAsync(() => one.Handled.Count == 10 && first.Status.CommitFailures > 0);
        await first.StopAsync();
        _bench.Kafka.ClearRequestErrors(KafkaRequestKind.OffsetCommit);

        var second = _bench.Run(two);
        await ConsumerBench.UntilAsync(() => second.Status.Handled == 10);

        Assert.Equal(one.Handled.Order(), two.Handled.Order());
        await ConsumerBench.UntilAsync(() => _bench.Committed() == 10);
    }

    [Fact]
    public async Task It_ends_within_its_time_although_the_broker_is_away()
    {
        await _bench.ProduceAsync(0, 10);
        var handler = new ScriptedHandler();
        var consumer = _bench.Run(handler, options => options.ShutdownTimeout = TimeSpan.FromSeconds(3));
        await ConsumerBench.UntilAsync(() => consumer.Status.Handled == 10);
        _bench.Kafka.TakeAllBrokersDown();
        await ConsumerBench.UntilAsync(() => consumer.Status.LastError is not null);

        await consumer.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task It_ends_within_its_time_although_a_commit_is_not_answered()
    {
        await _bench.ProduceTogetherAsync(10);
        _bench.Kafka.DelayNextResponse(KafkaRequestKind.OffsetCommit, TimeSpan.FromSeconds(40));
        var handler = new ScriptedHandler();
        var consumer = _bench.Run(handler, options => options.ShutdownTimeout = TimeSpan.FromSeconds(3));
        await ConsumerBench.UntilAsync(() => handler.Handled.Count == 10);

        await consumer.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Reading_goes_on_while_a_commit_is_not_answered()
    {
        await _bench.ProduceTogetherAsync(10);
        _bench.Kafka.DelayNextResponse(KafkaRequestKind.OffsetCommit, TimeSpan.FromSeconds(40));
        var handler = new ScriptedHandler();
        var consumer = _bench.Run(handler, OneByOne);

        await ConsumerBench.UntilAsync(
            () => handler.Handled.Count == 10, () => $"{consumer.Status} {consumer.Status.LastError}", TimeSpan.FromSeconds(20));

        // What it stands for was stored; only the answer is away.
        Assert.Equal(1, _bench.Committed());
    }

    [Fact]
    public async Task What_waits_behind_a_late_answer_is_committed_at_the_end()
    {
        await _bench.ProduceTogetherAsync(10);
        _bench.Kafka.DelayNextResponse(KafkaRequestKind.OffsetCommit, TimeSpan.FromSeconds(4));
        var handler = new ScriptedHandler();
        var consumer = _bench.Run(handler, options =>
        {
            OneByOne(options);
            options.ShutdownTimeout = TimeSpan.FromSeconds(30);
        });
        await ConsumerBench.UntilAsync(() => handler.Handled.Count == 10);

        await consumer.StopAsync();

        Assert.Equal(10, _bench.Committed());
    }

    private static void OneByOne(EventConsumerOptions options)
    {
        options.MaxBatchEvents = 1;
        // Heartbeats wait behind the answer that does not come.
        options.Properties["session.timeout.ms"] = "60000";
    }
}
