using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Catalog;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Analyzers.Tests.Generation;

public class GeneratedJsonTests
{
    private static readonly Guid Id = Guid.Parse("0193d7b8-6f0a-7c3e-9f57-0123456789ab");

    [Fact]
    public async Task Each_kind_of_member_is_written_as_documented()
    {
        var (topic, key, data) = await PublishAsync(new Shipment(
            Id,
            Customer: 42,
            At: new DateTimeOffset(2026, 1, 31, 14, 0, 0, TimeSpan.FromHours(2)),
            Due: new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc),
            Took: TimeSpan.FromTicks(15_000_001),
            Link: new Uri("a/b?c", UriKind.Relative),
            Former: Carrier.Other,
            More: JsonElement.Parse("""{"x":[1]}"""),
            Tags: ["a", null],
            Counts: [1, null],
            To: new Address("Oslo", null),
            Lines: [new ShipmentLine("s", new Address("Rome", "Via")), new ShipmentLine("t", null)],
            Secret: new object()));

        Assert.Equal(("shipments", "42"), (topic, key));
        Assert.Equal(
            OneLine(
                """
                {"id":"0193d7b8-6f0a-7c3e-9f57-0123456789ab","customer":42,"paid":true,"boxes":0,"serial":18446744073709551615,
                "weight":0.1,"volume":0.1,"price":1.10,"at":"2026-01-31T12:00:00.0000000Z","due":"2026-01-31T12:00:00.0000000Z","took":1.5000001,
                "link":"a/b?c","carrier":"red_river","former":"dhl","more":{"x":[1]},"tags":["a",null],"counts":[1,null],
                "to":{"city":"Oslo"},"lines":[{"sku":"s","from":{"city":"Rome","street":"Via"}},{"sku":"t"}],"renamed":"n"}
                """),
            data);
    }

    [Fact]
    public async Task A_null_leaves_its_member_out_and_the_key_falls_back_to_the_subject()
    {
        var (_, key, data) = await PublishAsync(new Shipment(Id, Customer: null));

        Assert.Equal(Id.ToString(), key);
        Assert.Equal(
            OneLine(
                """
                {"id":"0193d7b8-6f0a-7c3e-9f57-0123456789ab","paid":true,"boxes":0,"serial":18446744073709551615,"weight":0.1,
                "volume":0.1,"price":1.10,"took":0,"carrier":"red_river","renamed":"n"}
                """),
            data);
    }

    [Fact]
    public async Task An_enum_value_without_a_name_refuses_the_event()
    {
        await using var services = Services(new CapturingTransport());

        var result = services.GetRequiredService<IEventPublisher>().Publish(new Shipment(Id, 1, Carrier: (Carrier)9));

        Assert.Equal(RefusalReason.InvalidPayload, result.Refusal);
    }

    [Fact]
    public async Task The_events_of_the_catalog_are_written_by_the_same_generator()
    {
        var (topic, key, data) = await PublishAsync(new TelemetryProducerReport(
            "p1",
            Final: false,
            IntervalSeconds: 60,
            [
                new ProducerClassReport(
                    DeliveryClass.Usage, 1, 9, 9, 8, 0, 2, 1, 0, ["a", "b"], [new ProducerDropCount("stopped", 1, [new ProducerSequenceRange(4, 4)])]),
            ]));

        Assert.Equal(("telemetry_producer", "p1"), (topic, key));
        Assert.Equal(
            OneLine(
                """
                {"producer":"p1","final":false,"interval_seconds":60,"classes":[{"delivery":"usage","first_sequence":1,"last_sequence":9,
                "accepted":9,"delivered":8,"spooled":0,"recovered":2,"redelivered":1,"recovered_dropped":0,"topics":["a","b"],
                "dropped":[{"reason":"stopped","count":1,"ranges":[{"first":4,"last":4}]}]}]}
                """),
            data);
    }

    [Fact]
    public async Task A_charge_is_keyed_by_its_user()
    {
        var (topic, key, _) = await PublishAsync(new KuberGpuCharge("u1", "t1", "n1", Credits: 1.5m, Seconds: 2, Units: 1));

        Assert.Equal(("kuber_gpu", "u1"), (topic, key));
    }

    private static async Task<(string Topic, string Key, string Data)> PublishAsync<TEvent>(TEvent telemetryEvent)
        where TEvent : ITelemetryEvent
    {
        var transport = new CapturingTransport();
        await using var services = Services(transport);
        var publisher = services.GetRequiredService<IEventPublisher>();

        Assert.True(publisher.Publish(telemetryEvent).IsAccepted);
        Assert.Equal(0, (await publisher.FlushAsync(TimeSpan.FromSeconds(30))).InFlight);

        var (topic, key, body) = Assert.Single(transport.Sent);
        Assert.Equal(key, JsonDocument.Parse(body).RootElement.GetProperty("partitionkey").GetString());
        return (topic, key, JsonDocument.Parse(body).RootElement.GetProperty("data").GetRawText());
    }

    private static string OneLine(string json) => json.ReplaceLineEndings("");

    private static ServiceProvider Services(CapturingTransport transport)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddMetrics();
        services.AddTelemetryEvents(options => options.ServiceName = "tests").Services.AddSingleton<IEventTransport>(transport);
        return services.BuildServiceProvider();
    }
}
