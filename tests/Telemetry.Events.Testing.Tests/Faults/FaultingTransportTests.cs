using Microsoft.Extensions.Time.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing.Tests.Faults;

public sealed class FaultingTransportTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly InMemoryTransport _broker = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task A_script_is_followed_event_by_event_over_batches()
    {
        var script = new FaultScript().Deliver(3).Retry("not_leader", 2).Unknown().Final("too_large").ThenDeliver();
        var transport = new FaultingTransport(_broker, script);

        var first = await SendAsync(transport, Batch(4));
        var second = await SendAsync(transport, Batch(4));

        Assert.Equal(["Delivered", "Delivered", "Delivered", "Retriable not_leader"], first);
        Assert.Equal(["Retriable not_leader", "Unknown timed_out", "Final too_large", "Delivered"], second);
        Assert.Equal(4, _broker.Delivered.Count);
        Assert.Equal((2, 8), (transport.Batches, transport.Attempts));
        Assert.Equal(
            (4, 2, 1, 1),
            (transport.CountOf(DeliveryStatus.Delivered), transport.CountOf(DeliveryStatus.Retriable),
             transport.CountOf(DeliveryStatus.Unknown), transport.CountOf(DeliveryStatus.Final)));
    }

    [Fact]
    public async Task A_lost_acknowledgement_leaves_the_event_in_the_broker()
    {
        var transport = new FaultingTransport(_broker, new FaultScript().Unknown("lost").UnknownButStored("late"));
        var batch = Batch(2);

        Assert.Equal(["Unknown lost", "Unknown late"], await SendAsync(transport, batch));

        Assert.Equal([batch[1].Id], _broker.Delivered.Select(received => received.Id));
    }

    [Fact]
    public async Task Events_let_through_keep_their_order_around_faults()
    {
        var transport = new FaultingTransport(_broker, new FaultScript().Deliver(2).UnknownButStored().Deliver(2));
        var batch = Batch(5);

        await SendAsync(transport, batch);

        Assert.Equal(batch.Select(outgoing => outgoing.Id), _broker.Delivered.Select(received => received.Id));
    }

    [Fact]
    public async Task A_delay_lasts_by_the_given_clock()
    {
        var time = new FakeTimeProvider();
        var transport = new FaultingTransport(_broker, new FaultScript().Deliver().Delay(TimeSpan.FromMinutes(1)), time);

        var sending = SendAsync(transport, Batch(2));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(sending.IsCompleted);
        Assert.Single(_broker.Delivered);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["Delivered", "Delivered"], await sending.WaitAsync(Patience));
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Cancellation_ends_a_wait_and_leaves_the_rest_unknown(FaultScript script)
    {
        var transport = new FaultingTransport(_broker, script, new FakeTimeProvider());
        using var cancellation = new CancellationTokenSource();

        var sending = SendAsync(transport, Batch(3), cancellation.Token);
        Assert.False(sending.IsCompleted);
        await cancellation.CancelAsync();

        Assert.Equal(["Delivered", "Unknown", "Unknown"], await sending.WaitAsync(Patience));
    }

    public static TheoryData<FaultScript> Waits =>
        [new FaultScript().Deliver().Hang(), new FaultScript().Deliver().Delay(TimeSpan.FromDays(1))];

    [Fact]
    public async Task A_throw_comes_at_its_place()
    {
        var transport = new FaultingTransport(_broker, new FaultScript().Deliver().Throw(() => new TimeoutException("by script")));

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(transport, Batch(2)));

        Assert.Equal("by script", exception.Message);
        Assert.Single(_broker.Delivered);
        Assert.Equal(1, transport.CountOf(DeliveryStatus.Unknown));
    }

    [Fact]
    public async Task An_outage_without_an_end_goes_on()
    {
        var transport = new FaultingTransport(_broker, new FaultScript().ThenRetry("down"));

        Assert.All(await SendAsync(transport, Batch(1000)), outcome => Assert.Equal("Retriable down", outcome));
    }

    [Fact]
    public async Task One_seed_gives_one_sequence_and_another_seed_another()
    {
        var script = new FaultScript().ThenAtRandom(seed: 1, rate: 0.5);

        var first = await SendAsync(new FaultingTransport(_broker, script), Batch(1000));
        var again = await SendAsync(new FaultingTransport(_broker, script), Batch(1000));
        var other = await SendAsync(new FaultingTransport(_broker, new FaultScript().ThenAtRandom(seed: 2, rate: 0.5)), Batch(1000));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(outcome => outcome == "Delivered"), 400, 600);
        Assert.Contains("Unknown random_fault", first);
        Assert.Contains("Retriable random_fault", first);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var script = new FaultScript();

        Assert.Throws<ArgumentOutOfRangeException>(() => script.Deliver(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.Delay(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentException>(() => script.Retry(" "));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.ThenAtRandom(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FaultingTransport(_broker, script).CountOf((DeliveryStatus)9));
    }

    private static async Task<List<string>> SendAsync(
        FaultingTransport transport, OutgoingEvent[] batch, CancellationToken cancellationToken = default)
    {
        var outcomes = new DeliveryOutcome[batch.Length];
        await transport.SendAsync(batch, outcomes, cancellationToken);
        return [.. outcomes.Select(outcome => $"{outcome.Status} {outcome.Reason}".TrimEnd())];
    }

    private static OutgoingEvent[] Batch(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new OutgoingEvent(Guid.NewGuid(), "topic", default, "{}"u8.ToArray()))];
}
