using System.Text.Json;
using Telemetry.Events.Catalog;

namespace Telemetry.Events.Testing.Tests.Publisher;

public class InMemoryEventPublisherTests
{
    private static readonly OrderPlaced Order = new("order-1", "user-1", 3);

    private readonly InMemoryEventPublisher _publisher = new();

    [Fact]
    public async Task Events_are_kept_as_they_were_published_in_their_order()
    {
        var start = new TaskRunStart("task", "user", "model", "node");
        var first = _publisher.Publish(start);
        var second = await _publisher.PublishAsync(Order);

        Assert.Equal([first.EventId, second.EventId], _publisher.Events.Select(published => published.Id));
        Assert.Equal([start, Order], _publisher.Events.Select(published => published.Payload));
        Assert.Equal([Order], _publisher.Published<OrderPlaced>());
        var published = _publisher.Events[0];
        Assert.Same(TaskRunStart.Descriptor, published.Descriptor);
        Assert.Equal("""{"task_id":"task","user_id":"user","model":"model","node":"node"}""", published.Json);
        Assert.Equal("model", published.Data.GetProperty("model").GetString());
        Assert.Equal(("task", "task"), (published.Subject, published.PartitionKey));
    }

    [Fact]
    public void An_event_of_a_run_time_name_is_found_by_it()
    {
        using (var json = JsonDocument.Parse("""{"any":[1,true]}"""))
        {
            var kind = new EventDescriptor("shop.cart.fill", "shop_orders", DeliveryClass.Telemetry);
            Assert.True(_publisher.Publish(kind, json.RootElement, subject: "cart").IsAccepted);
        }

        var published = Assert.Single(_publisher.ShouldHavePublishedNamed("shop.cart.fill", times: 1));
        Assert.Equal(("""{"any":[1,true]}""", "cart"), (published.Json, published.Subject));
        Assert.Throws<EventAssertionException>(() => _publisher.ShouldHavePublishedNamed("shop.cart.empty"));
    }

    [Fact]
    public void A_failed_expectation_says_what_was_expected_and_what_was_published()
    {
        _publisher.Publish(Order);
        _publisher.RefuseNext(RefusalReason.BufferFull);
        _publisher.Publish(Order);

        var exception = Assert.Throws<EventAssertionException>(
            () => _publisher.ShouldHavePublished<OrderPlaced>(placed => placed.Lines > 5));

        Assert.Equal(
            """
            Expected at least one shop.order.place (OrderPlaced) where placed => placed.Lines > 5, but found none among 1 of that kind.
            Published, in this order:
              1. shop.order.place {"order_id":"order-1","user_id":"user-1","lines":3}
            Refused: BufferFull 1.

            """,
            exception.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_failed_expectation_names_the_numbers()
    {
        Assert.Equal(
            "Expected exactly 2 shop.order.place (OrderPlaced), but found none.\nNothing was published.\n",
            Message(() => _publisher.ShouldHavePublished<OrderPlaced>(times: 2)));
        _publisher.Publish(Order);
        Assert.StartsWith(
            "Expected no shop.order.place (OrderPlaced), but found 1.\n", Message(() => _publisher.ShouldNotHavePublished<OrderPlaced>()), StringComparison.Ordinal);
        Assert.StartsWith("Expected no event, but found 1.\n", Message(_publisher.ShouldHavePublishedNothing), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _publisher.ShouldHavePublished<OrderPlaced>(times: -1));
    }

    [Fact]
    public async Task A_dropped_event_is_published_and_not_delivered()
    {
        _publisher.DropNext("msg_size_too_large");

        var dropped = await _publisher.ConfirmAsync(Order);
        var delivered = await _publisher.ConfirmAsync(Order);

        Assert.Equal((false, "msg_size_too_large"), (dropped.IsDelivered, dropped.Reason));
        Assert.Equal((true, null, "shop_orders", 0, 1L), (delivered.IsDelivered, delivered.Reason, delivered.Topic, delivered.Partition, delivered.Offset));
        Assert.Equal(2, _publisher.Published<OrderPlaced>().Count);
    }

    [Theory]
    [InlineData(RefusalReason.BufferFull, "buffer_full")]
    [InlineData(RefusalReason.TooLarge, "too_large")]
    [InlineData(RefusalReason.InvalidPayload, "invalid_payload")]
    [InlineData(RefusalReason.Stopped, "stopped")]
    public async Task A_planned_refusal_is_told_and_counted_and_hits_as_often_as_asked(RefusalReason reason, string code)
    {
        _publisher.RefuseNext(reason, times: 3);

        Assert.Equal(PublishResult.Refused(reason), _publisher.Publish(Order));
        Assert.Equal(PublishResult.Refused(reason), await _publisher.PublishAsync(Order));
        Assert.Equal((Guid.Empty, false, code), await ConfirmAsync());
        Assert.True(_publisher.Publish(Order).IsAccepted);

        var ledger = (await _publisher.FlushAsync(TimeSpan.Zero))[DeliveryClass.Usage];
        Assert.Equal((1, 1, 3, 0), (ledger.Accepted, ledger.Delivered, ledger.Refused[reason], ledger.InFlight));
    }

    [Fact]
    public void What_the_real_publisher_refuses_is_refused()
    {
        Assert.Equal(RefusalReason.TooLarge, _publisher.Publish(Order with { UserId = new string('x', 1_100_000) }).Refusal);
        using var noObject = JsonDocument.Parse("[1]");
        var kind = new EventDescriptor("shop.cart.fill", "shop_orders", DeliveryClass.Telemetry);
        Assert.Equal(RefusalReason.InvalidPayload, _publisher.Publish(kind, noObject.RootElement).Refusal);
        _publisher.ShouldHavePublishedNothing();
    }

    [Fact]
    public async Task A_cancelled_call_publishes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _publisher.PublishAsync(Order, cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _publisher.ConfirmAsync(Order, cancelled).AsTask());

        _publisher.ShouldHavePublishedNothing();
    }

    [Fact]
    public void Clear_forgets_events_and_plans()
    {
        _publisher.Publish(Order);
        _publisher.RefuseNext(RefusalReason.Stopped);

        _publisher.Clear();

        _publisher.ShouldHavePublishedNothing();
        Assert.True(_publisher.Publish(Order).IsAccepted);
    }

    [Fact]
    public void Many_threads_lose_no_event()
    {
        Parallel.For(0, 400, i => Assert.True(_publisher.Publish(Order with { Lines = i }).IsAccepted));

        Assert.Equal(Enumerable.Range(0, 400), _publisher.Published<OrderPlaced>().Select(placed => placed.Lines).Order());
    }

    private static string Message(Action assertion) =>
        Assert.Throws<EventAssertionException>(assertion).Message.ReplaceLineEndings("\n");

    private async Task<(Guid EventId, bool IsDelivered, string? Reason)> ConfirmAsync()
    {
        var receipt = await _publisher.ConfirmAsync(Order);
        return (receipt.EventId, receipt.IsDelivered, receipt.Reason);
    }
}
