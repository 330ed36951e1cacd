namespace Telemetry.Events.Kafka.Tests.Consuming;

public class EventDispatcherTests
{
    private const string Denied = """{"actor_id":"u1","action":"read","resource":"r1","policy_id":"p1"}""";

    private readonly List<string> _calls = [];

    [Fact]
    public async Task Each_event_goes_to_the_handler_of_its_type_and_the_rest_to_other()
    {
        var dispatcher = new EventDispatcher()
            .On(CatalogJson.Default.PbacAccessCheckDeny, (denied, consumed, _) => Call($"{denied.ActorId} {denied.Resource} {denied.Reason ?? "-"} {consumed.Envelope.Id}"))
            .On("legacy_denied", CatalogJson.Default.PbacAccessCheckDeny, (denied, _, _) => Call($"legacy {denied.ActorId}"))
            .OnOther((consumed, _) => Call($"other {consumed.Envelope.Type}"));

        await dispatcher.HandleAsync(Batch(("1", "pbac.access.check.deny", Denied), ("2", "legacy_denied", Denied), ("3", "a.b.c", "{}")), default);

        Assert.Equal(["u1 r1 - 1", "legacy u1", "other a.b.c"], _calls);
    }

    [Fact]
    public async Task Types_without_a_handler_are_passed_over()
    {
        var batch = Batch(("1", "a.b.c", "{}"));

        await new EventDispatcher().HandleAsync(batch, default);

        Assert.Equal(1, batch.Handled);
    }

    [Theory]
    [InlineData("""{"actor_id":5,"action":"read","resource":"r1","policy_id":"p1"}""", "The data does not fit PbacAccessCheckDeny: $.actor_id cannot be read.")]
    [InlineData("""{"action":"read"}""", "The data does not fit PbacAccessCheckDeny: actor_id is missing.")]
    [InlineData("""{"actor_id":null,"action":"read","resource":"r1"}""", "The data does not fit PbacAccessCheckDeny: actor_id is missing.")]
    [InlineData("\"text\"", "The event has no data object.")]
    public async Task A_payload_that_does_not_fit_is_a_dead_letter_and_the_next_event_is_handled(string data, string reason)
    {
        var letters = new List<DeadLetterRecord>();
        var dispatcher = new EventDispatcher()
            .On(CatalogJson.Default.PbacAccessCheckDeny, (denied, _, _) => Call(denied.ActorId))
            .OnDeadLetter((dead, _) =>
            {
                letters.Add(dead);
                return default;
            });
        var batch = Batch(("1", "pbac.access.check.deny", data), ("2", "pbac.access.check.deny", Denied));

        await dispatcher.HandleAsync(batch, default);

        Assert.Equal((reason, 0L), (Assert.Single(letters).Reason, letters[0].Offset));
        Assert.Equal(letters, batch.Rejected);
        Assert.Equal(["u1"], _calls);
    }

    [Fact]
    public void A_number_that_is_missing_is_no_zero()
    {
        var load = Batch(("1", "xumi.weights.load.start", """{"task_id":"t","user_id":"u","model":"m","node":"n"}""")).Events[0];

        Assert.False(load.TryReadData(CatalogJson.Default.WeightsLoadStart, out _, out var error));
        Assert.Equal("The data does not fit WeightsLoadStart: bytes is missing.", error);
    }

    [Fact]
    public async Task After_a_failure_it_goes_on_with_the_event_that_failed()
    {
        var failed = false;
        var dispatcher = new EventDispatcher().OnOther((consumed, _) =>
        {
            if (consumed.Envelope.Id == "2" && !failed)
            {
                failed = true;
                throw new InvalidOperationException();
            }

            return Call(consumed.Envelope.Id);
        });
        var batch = Batch(("1", "a.b.c", "{}"), ("2", "a.b.c", "{}"), ("3", "a.b.c", "{}"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => dispatcher.HandleAsync(batch, default).AsTask());
        Assert.Equal(1, batch.Handled);
        await dispatcher.HandleAsync(batch, default);

        Assert.Equal(["1", "2", "3"], _calls);
    }

    [Fact]
    public async Task Events_of_a_partition_that_went_elsewhere_are_left_to_its_new_owner()
    {
        var batch = Batch(("1", "a.b.c", "{}"), ("2", "a.b.c", "{}"));
        batch.Abandon("t", 0);

        await new EventDispatcher().OnOther((consumed, _) => Call(consumed.Envelope.Id)).HandleAsync(batch, default);

        Assert.Empty(_calls);
        Assert.Equal(2, batch.Handled);
    }

    [Fact]
    public async Task It_ends_between_two_events_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var batch = Batch(("1", "a.b.c", "{}"), ("2", "a.b.c", "{}"));
        var dispatcher = new EventDispatcher().OnOther(async (_, _) => await source.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dispatcher.HandleAsync(batch, source.Token).AsTask());

        Assert.Equal(1, batch.Handled);
    }

    [Fact]
    public void One_type_has_one_handler()
    {
        var dispatcher = new EventDispatcher().On(CatalogJson.Default.PbacAccessCheckDeny, (_, _, _) => default);

        var exception = Assert.Throws<ArgumentException>(() => dispatcher.On(CatalogJson.Default.PbacAccessCheckDeny, (_, _, _) => default));

        Assert.StartsWith("'pbac.access.check.deny' has a handler already.", exception.Message, StringComparison.Ordinal);
    }

    private ValueTask Call(string what)
    {
        _calls.Add(what);
        return default;
    }

    private static ConsumedBatch Batch(params (string Id, string Type, string Data)[] events) => new(
        [.. events.Select((entry, i) =>
        {
            var value = ConsumerBench.Event(entry.Id, entry.Type, entry.Data);
            Assert.True(EventEnvelopeReader.TryRead(value, out var envelope, out _));
            return new ConsumedEvent { Topic = "t", Partition = 0, Offset = i, Value = value, Envelope = envelope };
        })],
        []);
}
