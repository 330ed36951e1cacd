using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Telemetry.Events.EventHubs.Tests.Transport;
using Telemetry.Events.Kafka;

namespace Telemetry.Events.EventHubs.Tests.Options;

public class EventHubsOptionsTests
{
    private const string Key = "c2VjcmV0";
    private const string Usual = $"Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey={Key}";

    [Fact]
    public void A_connection_string_becomes_the_settings_that_the_Kafka_endpoint_asks_for()
    {
        using var host = Build(events => events.AddEventHubs(Usual, "mcp"));

        var kafka = Kafka(host);

        Assert.Equal("contoso.servicebus.windows.net:9093", kafka.ConnectionString);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["security.protocol"] = "SASL_SSL",
                ["sasl.mechanism"] = "PLAIN",
                ["sasl.username"] = "$ConnectionString",
                ["sasl.password"] = Usual,
                ["metadata.max.age.ms"] = "180000",
                ["connections.max.idle.ms"] = "180000",
                ["socket.keepalive.enable"] = "true",
                ["message.max.bytes"] = "1000000",
                ["request.timeout.ms"] = "60000",
                ["compression.type"] = "none",
            },
            kafka.Properties);
        Assert.Null(kafka.AccessTokenProvider);
    }

    [Fact]
    public async Task A_credential_is_asked_for_the_namespaces_own_scope()
    {
        var expiry = DateTimeOffset.UtcNow.AddHours(1);
        var credential = new ScriptedCredential(() => new AccessToken("token-1", expiry));
        using var host = Build(events => events.AddEventHubs("contoso.servicebus.windows.net", "mcp", credential));

        var kafka = Kafka(host);
        var token = await kafka.AccessTokenProvider!(CancellationToken.None);

        Assert.Equal(("SASL_SSL", "OAUTHBEARER"), (kafka.Properties["security.protocol"], kafka.Properties["sasl.mechanism"]));
        Assert.DoesNotContain("sasl.password", kafka.Properties);
        Assert.Equal("https://contoso.servicebus.windows.net/.default", Assert.Single(credential.Scopes));
        Assert.Equal(("token-1", expiry), (token.Value, token.ExpiresAt));
    }

    [Fact]
    public void The_emulator_speaks_without_TLS()
    {
        using var host = Build(events => events.AddEventHubs(
            $"Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey={Key};UseDevelopmentEmulator=true;", "mcp"));

        var kafka = Kafka(host);

        Assert.Equal(("localhost:9092", "SASL_PLAINTEXT"), (kafka.ConnectionString, kafka.Properties["security.protocol"]));
    }

    [Fact]
    public void Hubs_own_topic_and_mapped_topics_are_routed_and_nothing_else()
    {
        using var host = Build(events => events.AddEventHubs(Usual, "mcp-production", options => options.TopicNames["mcp"] = "mcp-production"));

        var routes = host.Services.GetRequiredService<IOptions<TelemetryEventsOptions>>().Value.Routes;

        Assert.Equal(
            [("mcp-production", "event-hubs"), ("mcp", "event-hubs")],
            routes.Select(route => (route.Topic!, route.Transport)));
        Assert.Equal("mcp-production", Kafka(host).TopicNames["mcp"]);
    }

    [Fact]
    public void Everything_can_come_from_configuration_and_code_wins()
    {
        using var host = Build(
            events => events.AddEventHubs(options => options.Compression = EventHubsCompression.Gzip),
            ("TelemetryEvents:EventHubs:ConnectionString", $"{Usual};EntityPath=mcp"),
            ("TelemetryEvents:EventHubs:Tier", "Premium"),
            ("TelemetryEvents:EventHubs:DeliveryTimeout", "00:03:00"),
            ("TelemetryEvents:EventHubs:Properties:client.rack", "r1"));

        var kafka = Kafka(host);

        Assert.Equal(("gzip", "r1", TimeSpan.FromMinutes(3)), (kafka.Properties["compression.type"], kafka.Properties["client.rack"], kafka.DeliveryTimeout));
        Assert.Equal("mcp", host.Services.GetRequiredService<IOptions<EventHubsOptions>>().Value.EventHub);
    }

    [Fact]
    public void Code_that_names_a_credential_wins_over_a_configured_connection_string()
    {
        using var host = Build(
            events => events.AddEventHubs("contoso.servicebus.windows.net", "mcp", new ScriptedCredential(() => default)),
            ("TelemetryEvents:EventHubs:ConnectionString", Usual));

        Assert.Equal("OAUTHBEARER", Kafka(host).Properties["sasl.mechanism"]);
    }

    [Fact]
    public void The_environment_fills_in_where_nothing_names_a_namespace()
    {
        var setup = new EventHubsOptionsSetup(variable => variable == "EVENT_HUBS_CONNECTION_STRING" ? $"{Usual};EntityPath=mcp" : null);
        var unset = new EventHubsOptions();
        var named = new EventHubsOptions { FullyQualifiedNamespace = "contoso.servicebus.windows.net", EventHub = "other" };

        setup.PostConfigure(null, unset);
        setup.PostConfigure(null, named);

        Assert.Equal(($"{Usual};EntityPath=mcp", "mcp"), (unset.ConnectionString, unset.EventHub));
        Assert.Equal((null, "other"), (named.ConnectionString, named.EventHub));
    }

    public static TheoryData<string, Action<EventHubsOptions>> Mistakes => new()
    {
        { "No Event Hubs namespace. Set the environment variable EVENT_HUBS_CONNECTION_STRING or TelemetryEvents:EventHubs:ConnectionString", options => options.ConnectionString = " " },
        { "TelemetryEvents:EventHubs:ConnectionString (environment variable EVENT_HUBS_CONNECTION_STRING): The connection string is none of Event Hubs: it has no Endpoint", options => options.ConnectionString = $"SharedAccessKeyName=a;SharedAccessKey={Key}" },
        { "two ways to log in", options => options.FullyQualifiedNamespace = "contoso.servicebus.windows.net" },
        { "for the event hub 'usage' alone (its EntityPath), but events go to 'audit', 'mcp' too", options => { options.ConnectionString = $"{Usual};EntityPath=usage"; options.TopicNames["pbac_access"] = "audit"; } },
        { "FullyQualifiedNamespace is 'https://contoso'. Set it to the host alone", options => (options.ConnectionString, options.FullyQualifiedNamespace) = (null, "https://contoso") },
        { "FullyQualifiedNamespace is set and Credential is not", options => (options.ConnectionString, options.FullyQualifiedNamespace) = (null, "contoso.servicebus.windows.net") },
        { "EventHub is empty. Set it to the event hub's name", options => options.EventHub = "" },
        { "TopicNames maps 'mcp' to ''", options => options.TopicNames["mcp"] = "" },
        { "Tier is Basic, which has no Kafka endpoint", options => options.Tier = EventHubsTier.Basic },
        { "Compression is Gzip, which the tier Standard does not take", options => options.Compression = EventHubsCompression.Gzip },
        { "DeliveryTimeout is 00:00:30. Set it to a value from 00:01:00 to 01:00:00", options => options.DeliveryTimeout = TimeSpan.FromSeconds(30) },
        { "Properties:connections.max.idle.ms is '300000'. Set it to a value from 1 to 239999", options => options.Properties["connections.max.idle.ms"] = "300000" },
        { "Properties:request.timeout.ms is '5000'. Set it to a value from 20001", options => options.Properties["request.timeout.ms"] = "5000" },
        { "Properties:message.max.bytes is '2000000'", options => options.Properties["message.max.bytes"] = "2000000" },
        { "Properties:compression.type cannot be set: set Compression", options => options.Properties["compression.type"] = "zstd" },
        { "Properties:sasl.password cannot be set", options => options.Properties["sasl.password"] = Key },
        { "Properties:transactional.id cannot be set", options => options.Properties["transactional.id"] = "t" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_fails_the_start_once_with_option_and_fix_and_without_the_key(string expected, Action<EventHubsOptions> mistake)
    {
        using var host = Build(events => events.AddEventHubs(Usual, "mcp", mistake));

        var exception = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(expected, Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_larger_than_a_publication_fail_the_start_unless_another_transport_may_be_meant()
    {
        using var alone = Build(events => events.AddEventHubs(Usual, "mcp"), ("TelemetryEvents:MaxEventBytes", "2000000"));
        using var beside = Build(
            events => events.AddKafka(options => options.ConnectionString = "broker:9092").AddEventHubs(Usual, "mcp"),
            ("TelemetryEvents:MaxEventBytes", "2000000"));

        var exception = Assert.Throws<OptionsValidationException>(() => alone.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal("TelemetryEvents:MaxEventBytes is 2000000, but Event Hubs takes 1000000 bytes at most. Lower it.", exception.Message);
        beside.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static KafkaTransportOptions Kafka(IHost host)
    {
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        return host.Services.GetRequiredService<IOptionsMonitor<KafkaTransportOptions>>().Get("event-hubs");
    }

    private static IHost Build(Action<TelemetryEventsBuilder> add, params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)));
        add(builder.Services.AddTelemetryEvents());
        return builder.Build();
    }
}
