using Telemetry.Events.Spool.Tests.Faults;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Spool.Tests.Publishing;

[Trait("Category", "Integration")]
public sealed class AuditTests : IDisposable
{
    private readonly SpoolFixture _fixture = new();
    private readonly InMemoryTransport _transport = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task An_accepted_event_is_on_disk_before_the_call_returns_and_is_delivered()
    {
        _transport.Pause();
        await using var publisher = new SpooledPublisher(_transport, _fixture.Directory);

        var result = publisher.Events.Publish(new AuditSample(1));

        Assert.True(result.IsAccepted);
        Assert.Contains(_fixture.Files("*.segment"), file => ReadShared(file).AsSpan().IndexOf(result.EventId.ToString().Select(c => (byte)c).ToArray()) >= 0);
        Assert.Equal((1L, 1L, 0L), (publisher.Audit.Accepted, publisher.Audit.Spooled, publisher.Audit.InFlight));
        _transport.Resume();
        var ledger = await publisher.Events.FlushAsync(SpooledPublisher.Patience);
        Assert.Equal((1L, 0L), (ledger[DeliveryClass.Audit].Delivered, ledger[DeliveryClass.Audit].Spooled));
        Assert.Equal(result.EventId.ToString(), Assert.Single(_transport.Delivered).Envelope().Id);
    }

    [Fact]
    public async Task What_is_not_delivered_at_shutdown_is_replayed_by_the_next_start_with_its_ids_and_sequences_in_order()
    {
        const int Count = 200;
        _transport.Pause();
        var ids = new List<Guid>();
        var publisher = new SpooledPublisher(_transport, _fixture.Directory, options => options.ShutdownTimeout = TimeSpan.Zero);
        for (var i = 0; i < Count; i++)
            ids.Add(publisher.Events.Publish(new AuditSample(i)).EventId);
        var end = await publisher.StopAsync();

        var entry = end[DeliveryClass.Audit];
        Assert.Equal((Count, 0L, Count, 0L), (entry.Accepted, entry.Delivered, entry.Spooled, entry.InFlight));
        Assert.Empty(entry.Dropped);

        var later = new InMemoryTransport();
        await using var next = new SpooledPublisher(later, _fixture.Directory);
        Assert.True(next.Events.Publish(new AuditSample(Count)).IsAccepted);
        var arrived = await later.WaitForAsync(Count + 1, SpooledPublisher.Patience);

        Assert.Equal(ids.Select(id => id.ToString()), arrived.Take(Count).Select(each => each.Envelope().Id));
        Assert.Equal(Enumerable.Range(1, Count).Select(n => (long)n), arrived.Take(Count).Select(each => each.Sequence()));
        var ledger = (await next.WaitForAsync(all => all[DeliveryClass.Audit].Delivered == 1))[DeliveryClass.Audit];
        Assert.Equal((1L, Count, Count), (ledger.Accepted, ledger.Recovered, ledger.Redelivered));
    }

    [Fact]
    public async Task Events_of_a_transport_that_is_gone_go_where_their_topic_is_sent_now()
    {
        _transport.Pause();
        var publisher = new SpooledPublisher(
            new FaultingTransport(_transport, new FaultScript().ThenDeliver()), _fixture.Directory, options => options.ShutdownTimeout = TimeSpan.Zero);
        Assert.True(publisher.Events.Publish(new AuditSample(1)).IsAccepted);
        await publisher.StopAsync();

        var later = new InMemoryTransport();
        await using var next = new SpooledPublisher(later, _fixture.Directory);
        var arrived = await later.WaitForAsync(1, SpooledPublisher.Patience);

        Assert.Equal(1, Assert.Single(arrived).Number());
        await next.WaitForAsync(all => all[DeliveryClass.Audit] is { Recovered: 1, Redelivered: 1 });
    }

    [Fact]
    public async Task Many_threads_share_commits_and_their_sequences_have_no_gap()
    {
        const int Threads = 16;
        const int Each = 50;
        await using var publisher = new SpooledPublisher(_transport, _fixture.Directory);
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
                Assert.True(publisher.Events.Publish(new AuditSample((thread * Each) + i)).IsAccepted);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        await publisher.Events.FlushAsync(SpooledPublisher.Patience);

        Assert.Equal(Enumerable.Range(1, Threads * Each).Select(n => (long)n), _transport.Delivered.Select(each => each.Sequence()));
    }

    [Fact]
    public async Task ConfirmAsync_answers_with_the_brokers_outcome()
    {
        var transport = new InMemoryTransport((_, attempt) => attempt < 3 ? DeliveryOutcome.Retriable("busy") : DeliveryOutcome.Delivered(4, 17));
        await using var publisher = new SpooledPublisher(transport, _fixture.Directory);

        var receipt = await publisher.Events.ConfirmAsync(new AuditSample(1)).AsTask().WaitAsync(SpooledPublisher.Patience);

        Assert.Equal((true, "audit_topic", 4, 17L, null), (receipt.IsDelivered, receipt.Topic, receipt.Partition, receipt.Offset, receipt.Reason));
    }

    [Fact]
    public async Task What_the_broker_finally_refuses_is_dropped_and_counted_and_not_sent_again()
    {
        var transport = new InMemoryTransport((_, _) => DeliveryOutcome.Final("unknown_topic"));
        var publisher = new SpooledPublisher(transport, _fixture.Directory);
        var receipt = await publisher.Events.ConfirmAsync(new AuditSample(1)).AsTask().WaitAsync(SpooledPublisher.Patience);
        var ledger = (await publisher.StopAsync())[DeliveryClass.Audit];

        Assert.Equal("unknown_topic", receipt.Reason);
        Assert.Equal(1L, ledger.Dropped["unknown_topic"]);
        await using var spool = _fixture.Open();
        Assert.Empty(spool.TakeOver());
    }

    [Fact]
    public async Task At_the_size_limit_events_are_refused_without_a_gap_and_accepted_again_when_there_is_room()
    {
        _transport.Pause();
        await using var publisher = new SpooledPublisher(
            _transport, _fixture.Directory, configureSpool: options => options.MaxAuditBytes = SpoolFixture.SmallBytes);
        var accepted = 0;
        while ((await publisher.Events.PublishAsync(new AuditSample(accepted), default)).IsAccepted)
            accepted++;

        Assert.Equal(RefusalReason.SpoolFull, publisher.Events.Publish(new AuditSample(-1)).Refusal);
        Assert.Equal(2L, publisher.Audit.Refused[RefusalReason.SpoolFull]);
        _transport.Resume();
        await publisher.Events.FlushAsync(SpooledPublisher.Patience);
        Assert.True(publisher.Events.Publish(new AuditSample(accepted)).IsAccepted);
        await publisher.Events.FlushAsync(SpooledPublisher.Patience);

        Assert.Equal(accepted + 1L, publisher.Audit.Accepted);
        Assert.Equal(Enumerable.Range(1, accepted + 1).Select(n => (long)n), _transport.Delivered.Select(each => each.Sequence()));
    }

    [SmallDiskFact]
    public async Task A_full_disk_refuses_and_the_ledger_explains_every_sequence_that_is_missing()
    {
        using var disk = SmallDisk.Mount();
        _transport.Pause();
        await using var publisher = new SpooledPublisher(_transport, Path.Combine(disk.Path, "spool"));
        var accepted = 0;
        PublishResult result;
        while ((result = publisher.Events.Publish(new AuditSample(accepted))).IsAccepted)
            accepted++;

        Assert.Equal(RefusalReason.SpoolDiskFull, result.Refusal);
        var ledger = publisher.Audit;
        Assert.Equal(accepted, ledger.Spooled);
        Assert.Equal(ledger.Accepted, accepted + ledger.Dropped["spool_disk_full"]);
        Assert.Equal(0L, ledger.InFlight);
        _transport.Resume();
        var settled = (await publisher.Events.FlushAsync(SpooledPublisher.Patience))[DeliveryClass.Audit];
        Assert.Equal((accepted, 0L), (settled.Delivered, settled.Spooled));
    }

    [Fact]
    public async Task Without_a_spool_the_event_is_refused_and_counted()
    {
        await using var publisher = new SpooledPublisher(_transport, directory: null);

        Assert.Equal(RefusalReason.NoSpool, publisher.Events.Publish(new AuditSample(1)).Refusal);
        Assert.Equal("no_spool", (await publisher.Events.ConfirmAsync(new AuditSample(2))).Reason);
        Assert.Equal(2L, publisher.Audit.Refused[RefusalReason.NoSpool]);
        Assert.Equal(0L, publisher.Audit.Accepted);
    }

    [Fact]
    public async Task A_flood_of_other_classes_neither_refuses_nor_evicts_audit_events()
    {
        _transport.Pause();
        await using var publisher = new SpooledPublisher(_transport, _fixture.Directory, options => options.MaxBufferedEvents = 100);
        while (publisher.Events.Publish(new TelemetrySample(1)).IsAccepted && !publisher.Events.GetLedger()[DeliveryClass.Telemetry].Dropped.ContainsKey("evicted"))
        {
        }

        for (var i = 0; i < 500; i++)
            Assert.True((await publisher.Events.PublishAsync(new AuditSample(i))).IsAccepted);
        Assert.Equal(500L, publisher.Audit.Spooled);
        _transport.Resume();
        Assert.Equal(500L, (await publisher.Events.FlushAsync(SpooledPublisher.Patience))[DeliveryClass.Audit].Delivered);
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
