using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Tests.Log;

public sealed class SegmentedEventLogTests : IDisposable
{
    private readonly SpoolFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Events_are_read_in_the_order_of_their_positions_with_the_same_bytes()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);

        SpoolFixture.Write(log, 1, 3000);

        Assert.Equal(SpoolFixture.Numbers(1, 3000), SpoolFixture.ReadAll(log));
        Assert.Equal(3000, log.CommittedPosition);
        Assert.Equal(3000, log.Usage.Events);
        Assert.Equal(SpoolFixture.Event(1).Time, log.Usage.OldestTime);
    }

    [Fact]
    public async Task An_event_with_nothing_in_it_and_one_larger_than_the_buffer_come_back()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        var empty = new SpooledEvent(Guid.Empty, "", default, default, DateTime.UnixEpoch);
        var large = SpoolFixture.Event(2, bodyBytes: 3 << 20);

        Assert.Equal(1, log.Append(empty).Position);
        Assert.Equal(SpoolRefusal.None, log.WaitForCommit(1, Timeout.InfiniteTimeSpan));
        Assert.Equal(2, log.Append(large).Position);
        Assert.Equal(SpoolRefusal.None, await log.WaitForCommitAsync(2));

        Assert.Equal(empty.ToString(), (log.Read(1).Span[0] with { Position = 0 }).ToString());
        var read = log.Read(10);
        Assert.Equal(1, read.Length);
        Assert.True(large.Body.Span.SequenceEqual(read.Span[0].Body.Span));
        Assert.True(log.Read(10).IsEmpty);
    }

    [Fact]
    public async Task Threads_that_append_at_once_each_find_their_event_durable_and_in_order()
    {
        const int Threads = 8;
        const int EventsEach = 300;
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);

        var positions = new long[Threads][];
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            positions[thread] = new long[EventsEach];
            for (var i = 0; i < EventsEach; i++)
            {
                var result = log.Append(SpoolFixture.Event((thread * EventsEach) + i));
                positions[thread][i] = log.WaitForCommit(result.Position, Timeout.InfiniteTimeSpan) == SpoolRefusal.None ? result.Position : 0;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var read = SpoolFixture.ReadAll(log);
        Assert.Equal(Threads * EventsEach, read.Count);
        for (var thread = 0; thread < Threads; thread++)
        {
            // Each event stands where its append said.
            Assert.All(Enumerable.Range(0, EventsEach), i => Assert.Equal((thread * EventsEach) + i, read[(int)positions[thread][i] - 1]));
        }
    }

    [Fact]
    public async Task A_full_log_refuses_until_events_are_acknowledged_and_the_disk_space_comes_back()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        long appended = 0;
        AppendResult result;
        while ((result = log.Append(SpoolFixture.Event(appended + 1, bodyBytes: 4000))).IsAppended || result.Refusal == SpoolRefusal.Busy)
        {
            if (result.IsAppended)
                appended++;
            Assert.Equal(SpoolRefusal.None, await log.WaitForCommitAsync(appended));
        }

        Assert.Equal(SpoolRefusal.Full, result.Refusal);
        Assert.InRange(appended * 4000, SpoolFixture.SmallBytes / 10 * 9, SpoolFixture.SmallBytes);
        Assert.InRange(_fixture.DiskBytes, 0, SpoolFixture.SmallBytes);
        Assert.Equal(SpoolFixture.Numbers(1, appended), SpoolFixture.ReadAll(log, bodyBytes: 4000));

        log.Acknowledge(appended / 2);
        Assert.InRange(_fixture.DiskBytes, 0, SpoolFixture.SmallBytes * 3 / 4);
        Assert.True(log.Append(SpoolFixture.Event(appended + 1)).IsAppended);
        Assert.Equal(SpoolRefusal.None, await log.WaitForCommitAsync(appended + 1));

        SpoolFixture.ReadAll(log);
        log.Acknowledge(appended + 1);
        await Until(() => _fixture.DiskBytes < SpoolFixture.SmallBytes / 4);
        Assert.Equal(0, log.Usage.Events);
        Assert.Null(log.Usage.OldestTime);
    }

    [Fact]
    public async Task Only_what_was_read_can_be_acknowledged()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        SpoolFixture.Write(log, 1, 10);

        log.Acknowledge(10);
        Assert.Equal(10, log.Usage.Events);

        log.Read(4);
        log.Acknowledge(10);
        Assert.Equal(6, log.Usage.Events);
    }

    [Fact]
    public async Task Waiting_to_read_ends_with_the_first_commit_and_with_the_spool()
    {
        var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);

        var waiting = log.WaitToReadAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        SpoolFixture.Write(log, 1, 1);
        Assert.True(await waiting.WaitAsync(TimeSpan.FromSeconds(10)));

        log.Read(10);
        waiting = log.WaitToReadAsync().AsTask();
        await spool.DisposeAsync();
        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(SpoolRefusal.Closed, log.Append(SpoolFixture.Event(2)).Refusal);
        Assert.True(log.Read(10).IsEmpty);
        log.Acknowledge(1);
    }

    [Fact]
    public async Task Events_too_large_for_a_record_are_refused_and_strange_positions_are_misuse()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);

        Assert.Equal(SpoolRefusal.TooLarge, log.Append(SpoolFixture.Event(1) with { Topic = new string('t', 70_000) }).Refusal);
        Assert.Equal(SpoolRefusal.TooLarge, log.Append(SpoolFixture.Event(1, bodyBytes: (int)SpoolFixture.SmallBytes)).Refusal);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.WaitForCommit(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Read(0));
    }

    [Fact]
    public async Task A_wait_that_is_over_before_the_commit_says_that_it_does_not_know()
    {
        _fixture.Options.MaxCommitDelay = TimeSpan.FromSeconds(1);
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);

        // A commit of several has the next one wait for as many. Now and then the scheduler leaves the last commit a single event.
        var refusal = SpoolRefusal.None;
        long position = 0;
        for (var round = 0; round < 20 && refusal == SpoolRefusal.None; round++)
        {
            for (var i = 0; i < 200; i++)
                position = log.Append(SpoolFixture.Event(1)).Position;
            Assert.Equal(SpoolRefusal.None, await log.WaitForCommitAsync(position));
            position = log.Append(SpoolFixture.Event(1)).Position;
            refusal = log.WaitForCommit(position, TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal(SpoolRefusal.TimedOut, refusal);
        Assert.Equal(SpoolRefusal.None, log.WaitForCommit(position, TimeSpan.FromSeconds(20)));
        Assert.Equal(SpoolRefusal.None, log.WaitForCommit(1, TimeSpan.Zero));
    }

    [Fact]
    public async Task Appending_allocates_nothing_once_its_memory_has_grown()
    {
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        var spooled = SpoolFixture.Event(1);
        for (var i = 0; i < 1000; i++)
            log.Append(spooled);

        // The committer swaps memory at its own pace, so a single round may find the smaller of the two.
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                log.Append(spooled);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
