using Azure.Core;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.EventHubs;
using Telemetry.Events.Kafka;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sends events to Azure Event Hubs, through its Kafka endpoint.</summary>
public static class EventHubsTelemetryEventsBuilderExtensions
{
    /// <summary>
    /// Adds the transport <c>event-hubs</c> and routes the event hub's topic to it. All options come from the section
    /// <c>TelemetryEvents:EventHubs</c> and EVENT_HUBS_CONNECTION_STRING.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddEventHubs(this TelemetryEventsBuilder builder) =>
        Add(builder, static _ => { });

    /// <summary>Adds the transport <c>event-hubs</c>, or changes its options where it is added already.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddEventHubs(this TelemetryEventsBuilder builder, Action<EventHubsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(builder, configure);
    }

    /// <summary>Adds the transport <c>event-hubs</c> with a shared access key.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">The namespace's or the event hub's connection string, as the portal shows it.</param>
    /// <param name="eventHub">The event hub, which is also the topic routed to it.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddEventHubs(
        this TelemetryEventsBuilder builder, string connectionString, string eventHub) =>
        AddEventHubs(builder, connectionString, eventHub, static _ => { });

    /// <inheritdoc cref="AddEventHubs(TelemetryEventsBuilder, string, string)"/>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">The namespace's or the event hub's connection string, as the portal shows it.</param>
    /// <param name="eventHub">The event hub, which is also the topic routed to it.</param>
    /// <param name="configure">Sets further options.</param>
    public static TelemetryEventsBuilder AddEventHubs(
        this TelemetryEventsBuilder builder, string connectionString, string eventHub, Action<EventHubsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(builder, options =>
        {
            // Code wins over configuration, which may name the other way to log in.
            (options.FullyQualifiedNamespace, options.Credential) = (null, null);
            (options.ConnectionString, options.EventHub) = (connectionString, eventHub);
            configure(options);
        });
    }

    /// <summary>Adds the transport <c>event-hubs</c> with tokens of Microsoft Entra ID, which are renewed before they expire.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="fullyQualifiedNamespace">The namespace's host, such as <c>contoso.servicebus.windows.net</c>.</param>
    /// <param name="eventHub">The event hub, which is also the topic routed to it.</param>
    /// <param name="credential">
    /// Fetches the tokens, such as a <c>DefaultAzureCredential</c>; it needs the role Azure Event Hubs Data Sender. Called from a
    /// thread of the transport.
    /// </param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddEventHubs(
        this TelemetryEventsBuilder builder,
        string fullyQualifiedNamespace,
        string eventHub,
        TokenCredential credential,
        Action<EventHubsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return Add(builder, options =>
        {
            options.ConnectionString = null;
            (options.FullyQualifiedNamespace, options.EventHub, options.Credential) = (fullyQualifiedNamespace, eventHub, credential);
            configure?.Invoke(options);
        });
    }

    private static TelemetryEventsBuilder Add(TelemetryEventsBuilder builder, Action<EventHubsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<EventHubsOptions>();
        if (services.All(service => service.ImplementationType != typeof(EventHubsOptionsValidator)))
        {
            options.BindConfiguration(EventHubsOptions.SectionName);
            services.AddSingleton<IPostConfigureOptions<EventHubsOptions>>(new EventHubsOptionsSetup(Environment.GetEnvironmentVariable));
            services.AddSingleton<IValidateOptions<EventHubsOptions>, EventHubsOptionsValidator>();
            services.AddSingleton<IValidateOptions<TelemetryEventsOptions>>(new EventHubsSizeValidator(services));
            // The Kafka cluster's options are made at start-up, out of the checked ones of Event Hubs: a failure there fails here.
            builder.AddKafkaCluster(EventHubsTransportSetup.TransportName, static _ => { });
            services.AddOptions<KafkaTransportOptions>(EventHubsTransportSetup.TransportName)
                .Configure<IOptions<EventHubsOptions>>(static (kafka, hubs) => EventHubsTransportSetup.Apply(kafka, hubs.Value));
            services.AddOptions<TelemetryEventsOptions>().Configure<IOptions<EventHubsOptions>>(EventHubsTransportSetup.AddRoutes);
        }

        options.Configure(configure);
        return builder;
    }
}
