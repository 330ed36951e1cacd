using Azure.Core;
using Telemetry.Events.Kafka;

namespace Telemetry.Events.EventHubs;

/// <summary>Lets a consumer of Telemetry.Events.Kafka read from Event Hubs.</summary>
public static class EventHubsEventConsumerExtensions
{
    /// <summary>Reads an event hub with a shared access key, which needs the right Listen.</summary>
    /// <param name="options">The consumer's options.</param>
    /// <param name="connectionString">The namespace's or the event hub's connection string, as the portal shows it.</param>
    /// <param name="eventHub">The event hub, added to <see cref="EventConsumerOptions.Topics"/>.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="FormatException">The connection string is none, or another hub's; the message shows nothing of it but that hub.</exception>
    public static EventConsumerOptions UseEventHubs(this EventConsumerOptions options, string connectionString, string eventHub)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventHub);
        var connection = EventHubsConnectionString.Parse(connectionString);
        return connection.EntityPath is { } entity && !string.Equals(entity, eventHub, StringComparison.OrdinalIgnoreCase)
            ? throw new FormatException(
                $"The connection string is for the event hub '{entity}' alone (its EntityPath), not for '{eventHub}'. Use a connection " +
                "string of the namespace, or that hub's own.")
            : Apply(options, EventHubsClientSettings.For(connection), eventHub);
    }

    /// <summary>Reads an event hub with tokens of Microsoft Entra ID.</summary>
    /// <param name="options">The consumer's options.</param>
    /// <param name="fullyQualifiedNamespace">The namespace's host, such as <c>contoso.servicebus.windows.net</c>.</param>
    /// <param name="eventHub">The event hub, added to <see cref="EventConsumerOptions.Topics"/>.</param>
    /// <param name="credential">Fetches the tokens; it needs the role Azure Event Hubs Data Receiver.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="FormatException">The namespace is no host.</exception>
    public static EventConsumerOptions UseEventHubs(
        this EventConsumerOptions options, string fullyQualifiedNamespace, string eventHub, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventHub);
        ArgumentNullException.ThrowIfNull(credential);
        return EventHubsEndpoint.TryParse(fullyQualifiedNamespace, out var host, out var port)
            ? Apply(options, EventHubsClientSettings.For(host, port, credential), eventHub)
            : throw new FormatException($"'{fullyQualifiedNamespace}' is no host such as contoso.servicebus.windows.net.");
    }

    private static EventConsumerOptions Apply(EventConsumerOptions options, EventHubsClientSettings settings, string eventHub)
    {
        options.ConnectionString = settings.BootstrapServers;
        options.AccessTokenProvider = settings.AccessTokenProvider;
        foreach (var (name, value) in settings.Properties)
            options.Properties[name] = value;
        // The least that the Event Hubs documentation recommends.
        options.Properties.TryAdd("session.timeout.ms", "30000");
        if (!options.Topics.Contains(eventHub))
            options.Topics.Add(eventHub);
        return options;
    }
}
