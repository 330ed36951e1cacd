using System.Collections.Concurrent;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.Kafka.Tests.Consuming;

[Trait("Category", "Integration")]
public sealed class EventConsumerRebalanceTests : IAsyncLifetime
{
    private readonly ConsumerBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Two_consumers_share_the_partitions_and_nothing_is_missed_when_one_comes_or_goes()
    {
        await _bench.ProduceAsync(0, 100);
        var (one, two) = (new ScriptedHandler(), new ScriptedHandler());
        var first = _bench.Run(one, LongSession);
        await ConsumerBench.UntilAsync(() => first.Status.Handled == 100);

        var second = _bench.Run(two, LongSession);
        await ConsumerBench.UntilAsync(() => (first.Status.AssignedPartitions, second.Status.AssignedPartitions) == (1, 1));
        await _bench.ProduceAsync(100, 100);
        await ConsumerBench.UntilAsync(() => one.Handled.Concat(two.Handled).Distinct().Count() == 200);
        Assert.NotEmpty(two.Handled);

        await first.StopAsync();
        await ConsumerBench.UntilAsync(() => second.Status.AssignedPartitions == 2);
        await _bench.ProduceAsync(200, 100);
        await ConsumerBench.UntilAsync(() => one.Handled.Concat(two.Handled).Distinct().Count() == 300);

        // All handed over in order: nothing was even read twice.
        Assert.Equal(300, one.Handled.Count + two.Handled.Count);
        await ConsumerBench.UntilAsync(() => _bench.Committed() == 300);
    }

    [Fact]
    public async Task A_partition_that_leaves_waits_for_the_handler_and_its_new_owner_begins_behind_that()
    {
        await _bench.ProduceAsync(0, 20);
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var one = new ScriptedHandler(async (_, _) =>
        {
            reached.TrySetResult();
            await go.Task;
        });
        var two = new ScriptedHandler();
        using var logs = new CapturedLogs();
        var first = _bench.Run(one, options =>
        {
            options.MaxBatchWait = TimeSpan.FromSeconds(2);
            options.RebalanceTimeout = TimeSpan.FromMinutes(1);
            options.Properties["debug"] = "cgrp";
            LongSession(options);
        }, logs);
        await reached.Task.WaitAsync(ConsumerBench.Patience);

        var second = _bench.Run(two, LongSession);
        // librdkafka asks the first one for a partition, which waits for the handler.
        await ConsumerBench.UntilAsync(() => logs.Lines.Any(line => line.Contains("delegating incremental revoke of 1 partition", StringComparison.Ordinal)));
        Assert.Empty(two.Handled);
        go.SetResult();

        await ConsumerBench.UntilAsync(() => (first.Status.AssignedPartitions, second.Status.AssignedPartitions) == (1, 1));
        await ConsumerBench.UntilAsync(() => _bench.Committed() == 20);
        var handled = one.Handled.Concat(two.Handled).ToList();
        Assert.Equal(20, handled.Distinct().Count());
        // The embedded broker, when late, has begun the next rebalance by now and takes no commit; then the partition is read once more.
        if (logs.Lines.Any(line => line.Contains("OffsetCommit for 2 partition(s) in join-state wait-unassign-call: manual: returned: Success", StringComparison.Ordinal)))
            Assert.Equal(20, handled.Count);
        else
            Assert.Contains(logs.Lines, line => line.Contains("RebalanceInProgress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_does_not_finish_in_time_loses_the_partition_and_commits_nothing_of_it()
    {
        await _bench.ProduceAsync(0, 20);
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var abandoned = new ConcurrentBag<int>();
        var one = new ScriptedHandler(async (batch, _) =>
        {
            reached.TrySetResult();
            await go.Task;
            foreach (var consumed in batch.Events.Where(batch.IsAbandoned))
                abandoned.Add(int.Parse(consumed.Envelope.Id, System.Globalization.CultureInfo.InvariantCulture));
        });
        var two = new ScriptedHandler();
        var first = _bench.Run(one, options =>
        {
            options.MaxBatchWait = TimeSpan.FromSeconds(2);
            options.RebalanceTimeout = TimeSpan.FromMilliseconds(100);
            LongSession(options);
        });
        await reached.Task.WaitAsync(ConsumerBench.Patience);

        var second = _bench.Run(two, LongSession);
        await ConsumerBench.UntilAsync(() => two.Handled.Count == 10, () => $"{first.Status} {second.Status}");
        var moved = int.Parse(two.Handled.First(), System.Globalization.CultureInfo.InvariantCulture) % 2;
        go.SetResult();

        await ConsumerBench.UntilAsync(() => _bench.Committed() == 20);
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i % 2 == moved), abandoned.Order());
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i % 2 == moved), two.Handled.Select(int.Parse));
    }

    // A machine that stands still for a while must not cost a member its partitions.
    private static void LongSession(EventConsumerOptions options) => options.Properties["session.timeout.ms"] = "6000";
}
