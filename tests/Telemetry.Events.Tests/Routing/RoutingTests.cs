using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Routing;

public sealed class RoutingTests : IAsyncDisposable
{
    private static readonly EventDescriptor OtherTopic = new("test.other.happen", "other_topic", DeliveryClass.Usage);

    private readonly NamedTransport _first = new("first");
    private readonly NamedTransport _second = new("second");

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task What_no_route_matches_goes_to_the_first_transport()
    {
        await using (var events = Create(_ => { }))
            events.Publisher.Publish(new UsageSample("a"));

        Assert.Equal(["a"], _first.Texts);
        Assert.Empty(_second.Texts);
    }

    [Fact]
    public async Task A_topic_and_a_delivery_class_have_their_transport_and_the_first_route_wins()
    {
        await using (var events = Create(builder => builder.RouteTopic("other_topic", "second").RouteDelivery(DeliveryClass.Usage, "first").RouteDelivery(DeliveryClass.Telemetry, "second")))
        {
            events.Publisher.Publish(new UsageSample("usage"));
            events.Publisher.Publish(OtherTopic, new UsageSample("other"));
            events.Publisher.Publish(new TelemetrySample(1));
        }

        Assert.Equal(["usage"], _first.Texts);
        Assert.Equal(["other_topic", "telemetry_topic"], _second.Inner.Delivered.Select(received => received.Topic).Order());
    }

    [Fact]
    public async Task A_transport_that_stands_still_holds_up_nothing_of_another_and_sequences_stay_gap_free_over_both()
    {
        await using var events = Create(builder => builder.RouteTopic("other_topic", "second"));
        _second.Inner.Pause();

        var held = events.Publisher.ConfirmAsync(OtherTopic, new UsageSample("held")).AsTask();
        var receipt = await events.Publisher.ConfirmAsync(new UsageSample("passes"));

        Assert.True(receipt.IsDelivered);
        Assert.False(held.IsCompleted);
        Assert.Equal("Usage: accepted 2 = delivered 1 + dropped 0 + spooled 0 + in flight 1", events.Publisher.GetLedger()[DeliveryClass.Usage].ToString());
        _second.Inner.Resume();
        Assert.True((await held).IsDelivered);
        Assert.Equal(
            ["00000000000000000001", "00000000000000000002"],
            _first.Inner.Delivered.Concat(_second.Inner.Delivered).Select(received => received.Envelope.GetAttribute(EnvelopeAttributes.Sequence)).Order());
    }

    [Fact]
    public void A_route_to_nowhere_fails_the_start_with_the_transports_there_are()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Create(builder => builder.RouteTopic("t", "third")));

        Assert.Equal("TelemetryEvents:Routes names the transport 'third', which is not registered. Registered: first, second.", exception.Message);
    }

    [Fact]
    public void Two_transports_of_one_name_fail_the_start()
    {
        var exception = Assert.Throws<OptionsValidationException>(
            () => Create(builder => builder.Services.AddSingleton<IEventTransport>(new NamedTransport("first"))));

        Assert.Contains("Two transports are named 'first'", exception.Message, StringComparison.Ordinal);
    }

    private TelemetryEvents Create(Action<TelemetryEventsBuilder> configure) => TelemetryEvents.Create(builder =>
    {
        builder.Services.AddSingleton<IEventTransport>(_first);
        builder.Services.AddSingleton<IEventTransport>(_second);
        configure(builder);
    });
}
