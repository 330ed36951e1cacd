using System.Collections.Concurrent;
using Telemetry.Events.Spool.Tests.Faults;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Spool.Tests.Publishing;

[Trait("Category", "Integration")]
public class SpillTests : IDisposable
{
    private const int SmallLane = 2000;

    private readonly SpoolFixture _fixture = new();
    private readonly SendParallelism _parallelism;
    private readonly InMemoryTransport _transport;

    public SpillTests()
        : this(SendParallelism.None)
    {
    }

    protected SpillTests(SendParallelism parallelism)
    {
        _parallelism = parallelism;
        _transport = NewTransport();
    }

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Without_pressure_nothing_touches_the_disk()
    {
        await using var publisher = new SpooledPublisher(_transport, _fixture.Directory);
        await PublishAsync(publisher, 0, 5000);
        await publisher.Events.FlushAsync(SpooledPublisher.Patience);

        Assert.Empty(_fixture.Files("*.segment"));
        _transport.Delivered.RequireAllInOrder(Enumerable.Range(0, 5000));
    }

    [Fact]
    public async Task In_an_outage_longer_than_memory_the_spool_takes_over_and_afterwards_all_arrive_in_the_order_of_their_keys()
    {
        const int During = 10 * SmallLane;
        _transport.Pause();
        await using var publisher = new SpooledPublisher(_transport, _fixture.Directory, Small, LargeSpool);
        await PublishAsync(publisher, 0, During);

        Assert.True(publisher.Usage.Spooled > During - SmallLane, publisher.Usage.ToString());
        Assert.True(publisher.Usage.InFlight <= SmallLane, publisher.Usage.ToString());
        _transport.Resume();
        await PublishAsync(publisher, During, SmallLane);
        var ledger = (await publisher.Events.FlushAsync(SpooledPublisher.Patience))[DeliveryClass.Usage];

        Assert.Equal((During + SmallLane, 0L, 0L), (ledger.Delivered, ledger.Spooled, ledger.InFlight));
        Assert.Empty(ledger.Dropped);
        _transport.Delivered.RequireAllInOrder(Enumerable.Range(0, During + SmallLane));
    }

    [Fact]
    public async Task An_outage_that_lasts_sends_even_few_events_to_disk_and_the_lane_comes_back_to_memory()
    {
        var isDown = true;
        var transport = NewTransport((_, _) => Volatile.Read(ref isDown) ? DeliveryOutcome.Retriable("down") : DeliveryOutcome.Delivered());
        await using var publisher = new SpooledPublisher(
            transport, _fixture.Directory, options => options.SpillAfter = TimeSpan.FromMilliseconds(50));
        await PublishAsync(publisher, 0, 10);
        await publisher.WaitForAsync(ledger => ledger[DeliveryClass.Usage] is { Spooled: 10, InFlight: 0 });

        Volatile.Write(ref isDown, false);
        await publisher.Events.FlushAsync(SpooledPublisher.Patience);
        await PublishAsync(publisher, 10, 10);
        var receipt = await publisher.Events.ConfirmAsync(new UsageSample(20)).AsTask().WaitAsync(SpooledPublisher.Patience);

        Assert.True(receipt.IsDelivered);
        transport.Delivered.RequireAllInOrder(Enumerable.Range(0, 21));
    }

    [Fact]
    public async Task A_confirmation_that_is_awaited_goes_with_its_event_through_the_spool()
    {
        var isDown = true;
        var transport = NewTransport((_, _) => Volatile.Read(ref isDown) ? DeliveryOutcome.Retriable("down") : DeliveryOutcome.Delivered(3, 5));
        await using var publisher = new SpooledPublisher(transport, _fixture.Directory, options => options.SpillAfter = TimeSpan.Zero);
        var confirmation = publisher.Events.ConfirmAsync(new UsageSample(1)).AsTask();
        await publisher.WaitForAsync(ledger => ledger[DeliveryClass.Usage].Spooled == 1);
        Assert.False(confirmation.IsCompleted);

        Volatile.Write(ref isDown, false);
        var receipt = await confirmation.WaitAsync(SpooledPublisher.Patience);

        Assert.Equal((true, 3, 5L), (receipt.IsDelivered, receipt.Partition, receipt.Offset));
    }

    [Fact]
    public async Task A_flush_ends_where_the_last_events_of_a_batch_are_settled_before_the_first()
    {
        var isDown = true;
        Guid? first = null;
        var late = 0;
        var transport = NewTransport((outgoing, _) =>
        {
            first ??= outgoing.Id;
            var isLate = outgoing.Id == first && !Volatile.Read(ref isDown) && late++ < 3;
            return Volatile.Read(ref isDown) || isLate ? DeliveryOutcome.Retriable("down") : DeliveryOutcome.Delivered();
        });
        await using var publisher = new SpooledPublisher(transport, _fixture.Directory, options => options.SpillAfter = TimeSpan.Zero);
        await PublishAsync(publisher, 0, 10);
        await publisher.WaitForAsync(ledger => ledger[DeliveryClass.Usage].Spooled == 10);
        Volatile.Write(ref isDown, false);

        var flush = publisher.Events.FlushAsync(Timeout.InfiniteTimeSpan).AsTask();

        Assert.Equal(10L, (await flush.WaitAsync(SpooledPublisher.Patience))[DeliveryClass.Usage].Delivered);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5 * SmallLane)]
    public async Task A_shutdown_in_an_outage_leaves_all_that_was_accepted_on_disk_and_the_next_start_delivers_it(int count)
    {
        _transport.Pause();
        var publisher = new SpooledPublisher(
            _transport,
            _fixture.Directory,
            options =>
            {
                Small(options);
                options.ShutdownTimeout = TimeSpan.FromMilliseconds(100);
            },
            LargeSpool);
        await PublishAsync(publisher, 0, count);
        var end = (await publisher.StopAsync())[DeliveryClass.Usage];

        Assert.Equal((count, 0L, count, 0L), (end.Accepted, end.Delivered, end.Spooled, end.InFlight));
        Assert.Empty(end.Dropped);

        var later = NewTransport();
        await using var next = new SpooledPublisher(later, _fixture.Directory, Small, LargeSpool);
        await PublishAsync(next, count, 100);
        await later.WaitForAsync(count + 100, SpooledPublisher.Patience);
        later.Delivered.RequireAllInOrder(Enumerable.Range(0, count + 100));
        Assert.Equal(count + 100, later.Delivered.Count);
        await next.WaitForAsync(ledger => ledger[DeliveryClass.Usage] is { Accepted: 100, Delivered: 100 } entry && entry.Redelivered == count);
    }

    [SmallDiskFact]
    public async Task Where_the_disk_is_full_events_stay_in_memory_in_order_and_are_refused_when_that_is_full()
    {
        using var disk = SmallDisk.Mount();
        _transport.Pause();
        await using var publisher = new SpooledPublisher(_transport, Path.Combine(disk.Path, "spool"), Small);
        var accepted = 0;
        var refusedSince = DateTime.MaxValue;
        var deadline = DateTime.UtcNow + SpooledPublisher.Patience;
        // The disk is full when the lane stays full.
        while (DateTime.UtcNow - refusedSince < TimeSpan.FromSeconds(3) || refusedSince == DateTime.MaxValue)
        {
            Assert.True(DateTime.UtcNow < deadline, $"The disk does not fill up: {publisher.Usage}");
            if (publisher.Events.Publish(new UsageSample(accepted)).IsAccepted)
            {
                accepted++;
                refusedSince = DateTime.MaxValue;
            }
            else
            {
                refusedSince = refusedSince == DateTime.MaxValue ? DateTime.UtcNow : refusedSince;
                await Task.Yield();
            }
        }

        var full = publisher.Usage;
        Assert.True(full.Spooled > SmallLane && full.Refused[RefusalReason.BufferFull] > 0, full.ToString());
        Assert.InRange(full.InFlight, 1, SmallLane);
        _transport.Resume();
        var ledger = (await publisher.Events.FlushAsync(SpooledPublisher.Patience))[DeliveryClass.Usage];
        Assert.Equal((long)accepted, ledger.Delivered);
        Assert.Empty(ledger.Dropped);
        _transport.Delivered.RequireAllInOrder(Enumerable.Range(0, accepted));
    }

    [Fact]
    public async Task The_ledger_closes_at_every_moment_while_lanes_leave_memory_and_come_back()
    {
        const int Producers = 4;
        const int Each = 5000;
        var faulty = NewTransport((outgoing, attempt) => (outgoing.Id.GetHashCode() + attempt) % 50 == 0
            ? DeliveryOutcome.Final("random")
            : attempt == 1 && outgoing.Id.GetHashCode() % 3 == 0 ? DeliveryOutcome.Unknown("random") : DeliveryOutcome.Delivered());
        await using var publisher = new SpooledPublisher(faulty, _fixture.Directory, Small, LargeSpool);
        using var done = new CancellationTokenSource();
        var broken = new ConcurrentQueue<string>();
        var sampled = 0;
        var observer = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                foreach (var entry in publisher.Events.GetLedger().Classes)
                {
                    sampled++;
                    if (entry.InFlight < 0 || entry.Spooled < 0 || entry.Accepted != entry.Delivered + entry.Dropped.Values.Sum() + entry.Spooled + entry.InFlight)
                        broken.Enqueue(entry.ToString());
                }
            }
        });
        var switching = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                faulty.Pause();
                await Task.Delay(30);
                faulty.Resume();
                await Task.Delay(30);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                Assert.True((await publisher.Events.PublishAsync(new UsageSample((producer * Each) + i))).IsAccepted);
                if (i % 100 == 0)
                    Assert.True((await publisher.Events.PublishAsync(new AuditSample(i))).IsAccepted);
            }
        })));
        await switching;
        var ledger = await publisher.Events.FlushAsync(SpooledPublisher.Patience);
        await done.CancelAsync();
        await observer;

        Assert.Empty(broken.Take(5));
        Assert.True(sampled > 100);
        Assert.Equal((0L, 0L), (ledger.InFlight, ledger.Spooled));
        Assert.Equal(Producers * Each, ledger[DeliveryClass.Usage].Accepted);
    }

    private InMemoryTransport NewTransport(Func<OutgoingEvent, int, DeliveryOutcome>? respond = null) => new(respond) { Parallelism = _parallelism };

    private static void Small(TelemetryEventsOptions options) => options.Usage.MaxBufferedEvents = SmallLane;

    private static void LargeSpool(SpoolOptions options) => options.MaxUsageBytes = 256 << 20;

    private static async Task PublishAsync(SpooledPublisher publisher, int first, int count)
    {
        for (var number = first; number < first + count; number++)
            Assert.True((await publisher.Events.PublishAsync(new UsageSample(number))).IsAccepted);
    }
}
