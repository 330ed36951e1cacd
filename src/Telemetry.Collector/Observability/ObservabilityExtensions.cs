using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Telemetry.Collector.Observability;

/// <summary>Composes health and metrics of the Collector itself.</summary>
public static class ObservabilityExtensions
{
    /// <summary>Health checks with this tag decide <c>/health/ready</c>.</summary>
    public const string ReadyTag = "ready";

    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    public static WebApplicationBuilder AddCollectorObservability(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", tags: [ReadyTag], timeout: CheckTimeout);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<StoreMetrics>();
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("telemetry-collector")).WithMetrics(metrics => metrics
            .AddMeter(
                CollectorMeter.Name,
                "Telemetry.Events",
                "Telemetry.Events.Kafka.Consumer",
                "Microsoft.AspNetCore.Hosting",
                "Microsoft.AspNetCore.Server.Kestrel",
                "System.Runtime")
            .AddPrometheusExporter());
        return builder;
    }

    public static void MapCollectorObservability(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", Answering(check: _ => false)).AllowAnonymous();
        app.MapHealthChecks("/health/ready", Answering(check => check.Contains(ReadyTag))).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    private static HealthCheckOptions Answering(Func<ICollection<string>, bool> check) => new()
    {
        Predicate = registration => check(registration.Tags),
        ResponseWriter = (context, report) =>
            context.Response.WriteAsJsonAsync(HealthResponse.From(report), HealthJsonContext.Default.HealthResponse),
    };
}
