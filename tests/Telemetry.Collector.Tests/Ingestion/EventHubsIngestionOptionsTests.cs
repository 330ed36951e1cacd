using Microsoft.Extensions.Configuration;
using Telemetry.Collector.Ingestion;

namespace Telemetry.Collector.Tests.Ingestion;

public class EventHubsIngestionOptionsTests
{
    private const string Usual = "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=aHVudGVyMg==";

    [Fact]
    public void Without_a_connection_string_no_event_hub_is_read_and_that_is_no_mistake()
    {
        var (setup, options) = (Setup(null), new EventHubsIngestionOptions());

        setup.PostConfigure(null, options);

        Assert.False(options.IsConfigured);
        Assert.True(setup.Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData(Usual, "mcp")]
    [InlineData($"{Usual};EntityPath=mcp-production", "mcp-production")]
    public void The_environment_says_which_namespace_and_which_hub(string variable, string eventHub)
    {
        var (setup, options) = (Setup(variable), new EventHubsIngestionOptions());

        setup.PostConfigure(null, options);

        Assert.Equal((variable, eventHub), (options.ConnectionString, options.EventHub));
        Assert.True(setup.Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("Collector:EventHubs:ConnectionString (environment variable EVENT_HUBS_CONNECTION_STRING): ", "SharedAccessKey=aHVudGVyMg==", "mcp", "g")]
    [InlineData("Collector:EventHubs:EventHub is 'mcp', but the connection string is for 'other' alone", $"{Usual};EntityPath=other", "mcp", "g")]
    [InlineData("Collector:EventHubs:EventHub is empty", Usual, "", "g")]
    [InlineData("Collector:EventHubs:GroupId is empty", Usual, "mcp", " ")]
    public void A_mistake_is_named_with_the_fix_and_without_the_key(string expected, string connectionString, string eventHub, string group)
    {
        var options = new EventHubsIngestionOptions { ConnectionString = connectionString, EventHub = eventHub, GroupId = group };

        var failure = Assert.Single(Setup(null).Validate(null, options).Failures!);

        Assert.StartsWith(expected, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVyMg", failure, StringComparison.Ordinal);
    }

    private static EventHubsIngestionOptionsSetup Setup(string? variable) => new(new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("EVENT_HUBS_CONNECTION_STRING", variable)]).Build());
}
