using System.Text.Json;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using static Telemetry.Events.Tests.Publishing.PublisherFixture;

namespace Telemetry.Events.Tests.Publishing;

public class EventPublisherTests
{
    [Fact]
    public async Task An_accepted_event_arrives_with_the_next_sequence_and_the_ledger_closes()
    {
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport);

        var results = Enumerable.Range(0, 3).Select(i => publisher.Publish(new UsageSample($"{i}", "task"))).ToList();
        var ledger = await publisher.FlushAsync(Patience);

        Assert.All(results, result => Assert.True(result.IsAccepted));
        Assert.Equal(results.Select(result => result.EventId), transport.Delivered.Select(received => received.Id));
        Assert.Equal(
            ["00000000000000000001", "00000000000000000002", "00000000000000000003"],
            transport.Delivered.Select(received => received.Envelope.GetAttribute(EnvelopeAttributes.Sequence)));
        Assert.Equal("Usage: accepted 3 = delivered 3 + dropped 0 + spooled 0 + in flight 0", ledger[DeliveryClass.Usage].ToString());
    }

    [Fact]
    public async Task Each_delivery_class_counts_its_own_sequence()
    {
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport);

        publisher.Publish(new UsageSample("a"));
        publisher.Publish(new TelemetrySample(1));
        await publisher.FlushAsync(Patience);

        Assert.All(
            transport.Delivered,
            received => Assert.Equal("00000000000000000001", received.Envelope.GetAttribute(EnvelopeAttributes.Sequence)));
    }

    [Fact]
    public async Task A_receipt_says_where_the_event_stands()
    {
        await using var publisher = Create(new InMemoryTransport((_, _) => DeliveryOutcome.Delivered(3, 17)));

        var receipt = await publisher.ConfirmAsync(new UsageSample("a"));

        Assert.True(receipt.IsDelivered);
        Assert.Equal(("usage_topic", 3, 17L, null), (receipt.Topic, receipt.Partition, receipt.Offset, receipt.Reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_retriable_or_unknown_is_sent_again_under_the_same_id(bool unknown)
    {
        var failure = unknown ? default : DeliveryOutcome.Retriable("not_leader");
        var transport = new InMemoryTransport((_, attempt) => attempt < 3 ? failure : DeliveryOutcome.Delivered());
        await using var publisher = Create(transport);

        var receipt = await publisher.ConfirmAsync(new UsageSample("a"));

        Assert.True(receipt.IsDelivered);
        Assert.Equal(3, transport.AttemptsOf(receipt.EventId));
        Assert.Equal(2, publisher.Usage().Retried);
    }

    [Fact]
    public async Task What_is_final_is_dropped_and_counted_by_its_reason_and_its_neighbours_arrive()
    {
        var transport = new InMemoryTransport(
            (outgoing, _) => outgoing.Key.IsEmpty ? DeliveryOutcome.Final("too_odd") : DeliveryOutcome.Delivered());
        await using var publisher = Create(transport);

        publisher.Publish(new UsageSample("good", "key"));
        var receipt = await publisher.ConfirmAsync(new UsageSample("odd"));
        publisher.Publish(new UsageSample("good", "key"));
        await publisher.FlushAsync(Patience);

        Assert.False(receipt.IsDelivered);
        Assert.Equal("too_odd", receipt.Reason);
        Assert.Equal(2, transport.Delivered.Count);
        Assert.Equal(1, publisher.Usage().Dropped["too_odd"]);
    }

    [Fact]
    public async Task A_transport_that_throws_loses_nothing()
    {
        var throws = true;
        var transport = new InMemoryTransport((_, _) =>
        {
            if (!throws)
                return DeliveryOutcome.Delivered();
            throws = false;
            throw new InvalidOperationException("a bug");
        });
        await using var publisher = Create(transport);

        Assert.True((await publisher.ConfirmAsync(new UsageSample("a"))).IsDelivered);
    }

    [Fact]
    public async Task A_full_lane_refuses_usage_at_the_call()
    {
        var transport = new BlockingTransport();
        await using var publisher = Create(transport, options => options.MaxBufferedEvents = 2);
        await publisher.OccupySenderAsync(transport);

        var second = publisher.Publish(new UsageSample("second"));
        var third = publisher.Publish(new UsageSample("third"));

        Assert.True(second.IsAccepted);
        Assert.Equal(RefusalReason.BufferFull, third.Refusal);
        Assert.Equal(1, publisher.Usage().Refused[RefusalReason.BufferFull]);
        Assert.Equal(2, publisher.Usage().Accepted);
        transport.Release();
    }

    [Fact]
    public async Task A_lane_is_bounded_by_bytes_too()
    {
        var transport = new BlockingTransport();
        await using var publisher = Create(transport, options => (options.MaxEventBytes, options.MaxBufferedBytes) = (4096, 4096));
        await publisher.OccupySenderAsync(transport);

        Assert.Equal(RefusalReason.BufferFull, publisher.Publish(new UsageSample(new string('x', 3600))).Refusal);
        Assert.True(publisher.Publish(new UsageSample("small")).IsAccepted);
        transport.Release();
    }

    [Fact]
    public async Task A_full_telemetry_lane_drops_its_oldest_waiting_event_and_counts_it()
    {
        var transport = new BlockingTransport();
        await using var publisher = Create(transport, options => options.MaxBufferedEvents = 3);
        publisher.Publish(new TelemetrySample(0));
        await transport.Entered.WaitAsync(Patience);

        var confirmations = Enumerable.Range(1, 4).Select(i => publisher.ConfirmAsync(new TelemetrySample(i)).AsTask()).ToList();
        transport.Release();
        var receipts = await Task.WhenAll(confirmations);

        Assert.Equal([false, false, true, true], receipts.Select(receipt => receipt.IsDelivered));
        Assert.Equal("evicted", receipts[0].Reason);
        var ledger = publisher.GetLedger()[DeliveryClass.Telemetry];
        Assert.Equal((5, 3, 2, 0), (ledger.Accepted, ledger.Delivered, ledger.Dropped["evicted"], ledger.InFlight));
    }

    [Fact]
    public async Task A_flood_of_telemetry_takes_no_room_from_usage()
    {
        var transport = new BlockingTransport();
        await using var publisher = Create(transport, options => options.MaxBufferedEvents = 10);
        for (var i = 0; i < 1000; i++)
            publisher.Publish(new TelemetrySample(i));

        for (var i = 0; i < 10; i++)
            Assert.True(publisher.Publish(new UsageSample($"{i}")).IsAccepted);
        transport.Release();
    }

    [Fact]
    public async Task PublishAsync_waits_for_room_where_Publish_refuses()
    {
        var transport = new BlockingTransport();
        await using var publisher = Create(transport, options => options.MaxBufferedEvents = 1);
        await publisher.OccupySenderAsync(transport);

        var waiting = publisher.PublishAsync(new UsageSample("second")).AsTask();
        Assert.False(waiting.IsCompleted);
        transport.Release();

        Assert.True((await waiting.WaitAsync(Patience)).IsAccepted);
    }

    [Fact]
    public async Task A_cancelled_wait_for_room_publishes_nothing()
    {
        var transport = new BlockingTransport();
        await using var publisher = Create(transport, options => options.MaxBufferedEvents = 1);
        await publisher.OccupySenderAsync(transport);
        using var cancellation = new CancellationTokenSource();

        var waiting = publisher.PublishAsync(new UsageSample("second"), cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, publisher.Usage().Accepted);
        transport.Release();
    }

    [Fact]
    public async Task An_event_over_the_size_limit_is_refused()
    {
        await using var publisher = Create(new InMemoryTransport(), options => options.MaxEventBytes = 1024);

        Assert.Equal(RefusalReason.TooLarge, publisher.Publish(new UsageSample(new string('x', 1024))).Refusal);
        Assert.Equal("too_large", (await publisher.ConfirmAsync(new UsageSample(new string('x', 1024)))).Reason);
    }

    [Fact]
    public async Task A_payload_that_throws_is_refused_and_breaks_nothing()
    {
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport);

        Assert.Equal(RefusalReason.InvalidPayload, publisher.Publish(default(ThrowingSample)).Refusal);
        Assert.True((await publisher.ConfirmAsync(new UsageSample("after"))).IsDelivered);
        Assert.Single(transport.Delivered);
    }

    [Fact]
    public async Task An_event_known_only_at_run_time_is_published_from_json()
    {
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport);
        using var json = JsonDocument.Parse("""{"size":3,"tags":["a"]}""");
        var descriptor = new EventDescriptor(EventName.Parse("test.untyped.happen"), "any", DeliveryClass.Usage);

        Assert.True(publisher.Publish(descriptor, json.RootElement, subject: "thing").IsAccepted);
        Assert.Equal(RefusalReason.InvalidPayload, publisher.Publish(descriptor, json.RootElement.GetProperty("tags")).Refusal);
        await publisher.FlushAsync(Patience);

        var received = Assert.Single(transport.Delivered);
        Assert.Equal("""{"size":3,"tags":["a"]}""", received.Envelope.Data.GetRawText());
        Assert.Equal("thing", received.Key);
    }
}
