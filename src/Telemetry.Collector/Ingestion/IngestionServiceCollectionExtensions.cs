using Microsoft.Extensions.Options;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.Ingestion;

internal static class IngestionServiceCollectionExtensions
{
    /// <summary>Registers the consumer of run events, its readiness check and its metrics.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddOptions<IngestionOptions>().BindConfiguration(IngestionOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IngestionOptionsSetup>();
        services.AddSingleton<IPostConfigureOptions<IngestionOptions>>(provider => provider.GetRequiredService<IngestionOptionsSetup>());
        services.AddSingleton<IValidateOptions<IngestionOptions>>(provider => provider.GetRequiredService<IngestionOptionsSetup>());
        services.AddSingleton<IngestionProgress>();
        services.AddSingleton<IngestionMetrics>();
        services.AddSingleton<RunEventConsumerFactory>();
        services.AddHostedService(provider =>
        {
            // Observable instruments exist from the moment that someone makes them.
            provider.GetRequiredService<IngestionMetrics>();
            return ActivatorUtilities.CreateInstance<RunEventConsumer>(provider);
        });
        services.AddHealthChecks().AddCheck<IngestionHealthCheck>("ingestion", tags: [ObservabilityExtensions.ReadyTag]);
        return services;
    }
}
