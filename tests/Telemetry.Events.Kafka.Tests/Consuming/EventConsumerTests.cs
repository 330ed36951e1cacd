using System.Text;

namespace Telemetry.Events.Kafka.Tests.Consuming;

[Trait("Category", "Integration")]
public sealed class EventConsumerTests : IAsyncDisposable
{
    private readonly ConsumerBench _bench = new();

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Every_event_is_handled_once_in_the_order_of_its_partition_and_committed()
    {
        await _bench.ProduceAsync(0, 500);
        var handler = new ScriptedHandler();

        var consumer = _bench.Run(handler);
        await ConsumerBench.UntilAsync(() => consumer.Status.Handled == 500);
        await consumer.StopAsync();

        foreach (var partition in new[] { 0, 1 })
        {
            Assert.Equal(
                Enumerable.Range(0, 500).Where(i => i % 2 == partition),
                handler.Handled.Select(int.Parse).Where(i => i % 2 == partition));
        }

        Assert.Equal(500, _bench.Committed());
    }

    [Fact]
    public async Task What_is_no_event_is_a_dead_letter_with_place_reason_and_bytes_and_reading_goes_on()
    {
        var before = ConsumerBench.Event("before");
        await _bench.ProduceAsync(before, 0);
        await _bench.ProduceAsync("no json"u8.ToArray(), 0);
        await _bench.ProduceAsync(ConsumerBench.Event("after"), 0);
        var handler = new ScriptedHandler();

        var consumer = _bench.Run(handler);
        await ConsumerBench.UntilAsync(() => consumer.Status.Handled == 3);
        await consumer.StopAsync();

        Assert.Equal(["before", "after"], handler.Handled);
        var dead = Assert.Single(handler.DeadLetters);
        Assert.Equal((ConsumerBench.Topic, 0, 1L, "no json", "k"), (
            dead.Topic, dead.Partition, dead.Offset, Encoding.UTF8.GetString(dead.Value.Span), Encoding.UTF8.GetString(dead.Key.Span)));
        Assert.Contains("is not JSON", dead.Reason, StringComparison.Ordinal);
        Assert.Equal(1, consumer.Status.DeadLetters);
        Assert.Equal(3, _bench.Committed());
    }

    [Fact]
    public async Task Nothing_is_committed_while_the_handler_works_and_what_was_not_is_read_again()
    {
        await _bench.ProduceAsync(0, 10);
        var reached = new TaskCompletionSource();
        // Killed between handling and commit, as far as the broker can tell: it never hears of the handled events.
        var killed = new ScriptedHandler(async (_, cancellation) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var first = _bench.Run(killed, options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        await reached.Task.WaitAsync(ConsumerBench.Patience);
        Assert.Equal(0, _bench.Committed());
        await first.StopAsync();
        Assert.Equal(0, _bench.Committed());

        var handler = new ScriptedHandler();
        var second = _bench.Run(handler);
        await ConsumerBench.UntilAsync(() => second.Status.Handled == 10);
        await second.StopAsync();

        Assert.Equal(Enumerable.Range(0, 10), handler.Handled.Select(int.Parse).Order());
        Assert.Equal(10, _bench.Committed());
    }

    [Fact]
    public async Task A_handler_that_fails_gets_the_same_batch_again_and_nothing_is_skipped()
    {
        await _bench.ProduceAsync(0, 20);
        var failures = 0;
        var handler = new ScriptedHandler((_, _) => Interlocked.Increment(ref failures) <= 3
            ? throw new InvalidOperationException("The database is away.")
            : Task.CompletedTask);

        var consumer = _bench.Run(handler);
        await ConsumerBench.UntilAsync(() => consumer.Status.Handled == 20);

        Assert.Equal(Enumerable.Range(0, 20), handler.Handled.Select(int.Parse).Order());
        Assert.Equal(3, consumer.Status.HandlerFailures);
    }

    [Fact]
    public async Task While_a_handler_fails_the_status_says_what_waits_and_why()
    {
        await _bench.ProduceAsync(0, 5);
        var healed = false;
        var handler = new ScriptedHandler((_, _) => Volatile.Read(ref healed)
            ? Task.CompletedTask
            : throw new InvalidOperationException("The database is away."));

        var consumer = _bench.Run(handler);
        await ConsumerBench.UntilAsync(() => consumer.Status.FindProblem(TimeSpan.Zero) is { } problem
            && problem.Contains("records wait and none was handled", StringComparison.Ordinal)
            && problem.EndsWith("Handler: The database is away.", StringComparison.Ordinal));
        Volatile.Write(ref healed, true);

        await ConsumerBench.UntilAsync(() => consumer.Status is { Handled: 5, Lag: 0, LastError: null });
        Assert.Null(consumer.Status.FindProblem(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_handlers_own_time_out_is_a_failure_and_no_shutdown()
    {
        await _bench.ProduceAsync(0, 1, partition: 0);
        var calls = 0;
        var handler = new ScriptedHandler((_, _) => Interlocked.Increment(ref calls) == 1
            ? throw new TaskCanceledException("HttpClient's own.")
            : Task.CompletedTask);

        var consumer = _bench.Run(handler);

        await ConsumerBench.UntilAsync(() => consumer.Status.Handled == 1);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_slow_handler_holds_one_batch_and_stays_in_the_group_beyond_the_poll_interval()
    {
        await _bench.ProduceAsync(0, 30);
        var largest = 0;
        var slow = true;
        var handler = new ScriptedHandler(async (batch, cancellation) =>
        {
            largest = Math.Max(largest, batch.Events.Count);
            if (Volatile.Read(ref slow))
                await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
            Volatile.Write(ref slow, false);
        });

        var consumer = _bench.Run(handler, options =>
        {
            options.MaxBatchEvents = 10;
            options.Properties["max.poll.interval.ms"] = "2000";
        });
        await ConsumerBench.UntilAsync(() => consumer.Status.Handled == 30);

        Assert.Equal(10, largest);
        Assert.Equal(Enumerable.Range(0, 30), handler.Handled.Select(int.Parse).Order());
        Assert.Equal(0, consumer.Status.CommitFailures);
    }

    [Fact]
    public async Task A_slow_handler_of_single_events_is_committed_behind_while_it_works()
    {
        await _bench.ProduceAsync(0, 8, partition: 0);
        var open = new SemaphoreSlim(0);
        var dispatcher = new EventDispatcher().OnOther(async (_, cancellation) => await open.WaitAsync(cancellation));
        var consumer = _bench.Run(dispatcher, options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));

        open.Release(3);
        await ConsumerBench.UntilAsync(() => _bench.Committed() == 3);
        open.Release(2);
        await ConsumerBench.UntilAsync(() => _bench.Committed() == 5);
        await consumer.StopAsync();

        Assert.Equal(5, _bench.Committed());
    }

    [Fact]
    public async Task Stopping_lets_the_handler_finish_and_commits_it()
    {
        await _bench.ProduceAsync(0, 10);
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var handler = new ScriptedHandler(async (_, _) =>
        {
            reached.TrySetResult();
            await go.Task;
        });
        var consumer = _bench.Run(handler, options => options.MaxBatchWait = TimeSpan.FromSeconds(1));
        await reached.Task.WaitAsync(ConsumerBench.Patience);

        var stopping = consumer.StopAsync();
        go.SetResult();
        await stopping;

        Assert.Equal(handler.Handled.Count, _bench.Committed());
        Assert.NotEmpty(handler.Handled);
    }

    [Fact]
    public async Task A_handler_that_ignores_cancellation_does_not_hold_up_the_end()
    {
        await _bench.ProduceAsync(0, 10);
        var reached = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        var handler = new ScriptedHandler((_, _) =>
        {
            reached.TrySetResult();
            return never.Task;
        });
        var consumer = _bench.Run(handler, options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        await reached.Task.WaitAsync(ConsumerBench.Patience);

        await consumer.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(0, _bench.Committed());
        never.SetResult();
    }
}
