using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.EventHubs;
using Telemetry.Events.Kafka;
using Telemetry.Events.RestProxy;

namespace Telemetry.Cli.Doctor;

/// <summary>The transports that the tool knows, in the order in which a service is assumed to add them: the first is the default.</summary>
internal static class TransportSources
{
    public static IReadOnlyList<TransportSource> All { get; } =
    [
        new(
            "kafka",
            KafkaTransportOptions.SectionName + ":" + nameof(KafkaTransportOptions.ConnectionString),
            KafkaTransportOptions.ConnectionStringVariable,
            builder => builder.AddKafka()),
        new(
            "rest-proxy",
            RestProxyTransportOptions.SectionName + ":" + nameof(RestProxyTransportOptions.Url),
            RestProxyTransportOptions.UrlVariable,
            builder => builder.AddRestProxy()),
        new(
            "event-hubs",
            EventHubsOptions.SectionName + ":" + nameof(EventHubsOptions.ConnectionString),
            EventHubsOptions.ConnectionStringVariable,
            builder => builder.AddEventHubs()),
    ];
}
