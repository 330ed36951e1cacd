using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Tests.Enrichment;

public class EnrichmentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Guid Tenant = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public async Task Static_attributes_stand_on_every_event()
    {
        var received = await PublishAsync(_ => { }, options => options.Attributes["region"] = "eu-1\u0001");

        Assert.Equal("eu-1\uFFFD", received.Envelope.GetAttribute("region"));
    }

    [Fact]
    public async Task An_enricher_adds_what_differs_from_event_to_event()
    {
        var request = 0;
        var received = await PublishAsync(services => services.AddSingleton<IEventEnricher>(new Enricher((ref attributes) =>
        {
            attributes.Write("request", $"{++request} \"quoted\"");
            attributes.Write("absent", null);
        })));

        Assert.Equal("1 \"quoted\"", received.Envelope.GetAttribute("request"));
        Assert.Null(received.Envelope.GetAttribute("absent"));
        Assert.Equal("text", received.Envelope.GetDataString("text"));
    }

    [Theory]
    [InlineData("Region")]
    [InlineData("re_gion")]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstu")]
    [InlineData("id")]
    [InlineData("tenantid")]
    [InlineData("twice")]
    public async Task An_enricher_that_writes_what_it_may_not_costs_its_own_attributes_only(string name)
    {
        var received = await PublishAsync(services =>
        {
            services.AddSingleton<IEventEnricher>(new Enricher((ref attributes) => attributes.Write("before", "1")));
            services.AddSingleton<IEventEnricher>(new Enricher((ref attributes) =>
            {
                attributes.Write("twice", new string('x', 10_000));
                attributes.Write(name, "value");
            }));
            services.AddSingleton<IEventEnricher>(new Enricher((ref attributes) => attributes.Write("after", "2")));
        });

        Assert.Equal(("1", "2"), (received.Envelope.GetAttribute("before"), received.Envelope.GetAttribute("after")));
        Assert.Null(received.Envelope.GetAttribute("twice"));
        Assert.Equal("text", received.Envelope.GetDataString("text"));
    }

    [Fact]
    public void A_static_attribute_with_a_bad_name_fails_the_start()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Build(_ => { }, options => options.Attributes["Region"] = "x", new InMemoryTransport()));

        Assert.Contains("TelemetryEvents:Attributes: 'Region' is no attribute name", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tenant_of_the_event_wins_over_that_of_the_machine()
    {
        var accessor = new Accessor { TenantId = Tenant };
        var transport = new InMemoryTransport();
        await using (var events = Build(
            services => services.AddSingleton<IEventContextAccessor>(accessor),
            options => options.Context.TenantId = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
            transport))
        {
            events.Publisher.Publish(new UsageSample("first"));
            accessor.TenantId = null;
            events.Publisher.Publish(new UsageSample("second"));
        }

        Assert.Equal(
            [$"{Tenant}", "7c9e6679-7425-40de-944b-e07fc1f90ae7"],
            transport.Delivered.Select(received => received.Envelope.GetAttribute(EnvelopeAttributes.TenantId)));
    }

    private static async Task<ReceivedEvent> PublishAsync(
        Action<IServiceCollection> register, Action<TelemetryEventsOptions>? configure = null)
    {
        var transport = new InMemoryTransport();
        await using var events = Build(register, configure, transport);
        Assert.True((await events.Publisher.ConfirmAsync(new UsageSample("text")).AsTask().WaitAsync(Patience)).IsDelivered);
        return Assert.Single(transport.Delivered);
    }

    private static TelemetryEvents Build(
        Action<IServiceCollection> register, Action<TelemetryEventsOptions>? configure, InMemoryTransport transport) => TelemetryEvents.Create(
        events =>
        {
            events.UseInMemory(transport);
            register(events.Services);
        },
        configure);

    private delegate void Write(ref EventAttributeWriter attributes);

    private sealed class Enricher(Write write) : IEventEnricher
    {
        public void Enrich(ref EventAttributeWriter attributes) => write(ref attributes);
    }

    private sealed class Accessor : IEventContextAccessor
    {
        public Guid? TenantId { get; set; }
    }
}
