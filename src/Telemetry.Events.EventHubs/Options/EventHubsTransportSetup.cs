using Microsoft.Extensions.Options;
using Telemetry.Events.Kafka;

namespace Telemetry.Events.EventHubs;

/// <summary>Turns checked options of Event Hubs into those of a Kafka cluster.</summary>
internal static class EventHubsTransportSetup
{
    public const string TransportName = "event-hubs";

    /// <summary>The largest publication, framing included, that the documentation recommends to send.</summary>
    public const int MaxMessageBytes = 1_000_000;

    public static void Apply(KafkaTransportOptions kafka, EventHubsOptions options)
    {
        var settings = SettingsFor(options);
        kafka.ConnectionString = settings.BootstrapServers;
        kafka.AccessTokenProvider = settings.AccessTokenProvider;
        kafka.DeliveryTimeout = options.DeliveryTimeout;
        settings.Properties["message.max.bytes"] = $"{MaxMessageBytes}";
        settings.Properties["request.timeout.ms"] = "60000";
        settings.Properties["compression.type"] = options.Compression == EventHubsCompression.Gzip ? "gzip" : "none";
        foreach (var (name, value) in settings.Properties.Concat(options.Properties))
            kafka.Properties[name] = value;
        foreach (var (topic, eventHub) in options.TopicNames)
            kafka.TopicNames[topic] = eventHub;
    }

    /// <summary>Sends the hub's own topic, and those mapped to a hub, by this transport.</summary>
    public static void AddRoutes(TelemetryEventsOptions events, IOptions<EventHubsOptions> hubs)
    {
        EventHubsOptions options;
        try
        {
            options = hubs.Value;
        }
        catch (OptionsValidationException)
        {
            // The transport's own start-up check fails with it; once is enough.
            return;
        }

        foreach (var topic in options.TopicNames.Keys.Prepend(options.EventHub!).Distinct())
            events.Routes.Add(new EventRoute { Topic = topic, Transport = TransportName });
    }

    private static EventHubsClientSettings SettingsFor(EventHubsOptions options)
    {
        if (options.Credential is null)
            return EventHubsClientSettings.For(EventHubsConnectionString.Parse(options.ConnectionString));
        return EventHubsEndpoint.TryParse(options.FullyQualifiedNamespace, out var host, out var port)
            ? EventHubsClientSettings.For(host, port, options.Credential)
            : throw new FormatException($"'{options.FullyQualifiedNamespace}' is no fully qualified namespace.");
    }
}
