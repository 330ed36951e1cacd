using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.RestProxy;

namespace Telemetry.ArchitectureTests.Snippets;

internal static class TransportSnippets
{
    public static void Pipeline(IServiceCollection services)
    {
        services.AddResiliencePipeline<string, HttpResponseMessage>(
            RestProxyTransportOptions.PipelineName, pipeline => pipeline.AddTimeout(TimeSpan.FromSeconds(3)));
    }

    public static void Routing(IHostApplicationBuilder builder, string eventHubsConnection)
    {
        builder.Services.AddTelemetryEvents()
            .AddKafka()                                          // named kafka; the first one is the default
            .AddEventHubs(eventHubsConnection, "mcp")            // named event-hubs
            .AddRestProxy()                                      // named rest-proxy
            .RouteTopic("mcp", "event-hubs")
            .FailOver("kafka", "rest-proxy");
    }

    public static void Readmes(IHostApplicationBuilder builder)
    {
        builder.Services.AddTelemetryEvents().AddKafka();
        builder.Services.AddTelemetryEvents().AddRestProxy();
        builder.Services.AddTelemetryEvents().AddKafka().AddSpool("/var/lib/orders/spool");
    }

    public static void CoreReadme(
        IHostApplicationBuilder builder, IEventPublisher publisher, ILogger logger, string taskId, string userId, string model, string node)
    {
        builder.Services.AddTelemetryEvents().AddKafka();     // package Telemetry.Events.Kafka, address in KAFKA_DIRECT_URL

        // anywhere an IEventPublisher is injected:
        var result = publisher.Publish(new TaskRunStart(taskId, userId, model, node));   // never blocks
        if (!result.IsAccepted)
            logger.LogWarning("Event refused: {Reason}", result.Refusal);
    }
}
