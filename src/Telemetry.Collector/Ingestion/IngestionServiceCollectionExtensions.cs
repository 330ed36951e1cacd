using Microsoft.Extensions.Options;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.Ingestion;

internal static class IngestionServiceCollectionExtensions
{
    /// <summary>Registers the consumers of run events, their readiness check and their metrics.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddChecked<IngestionOptions, IngestionOptionsSetup>(IngestionOptions.SectionName);
        services.AddChecked<EventHubsIngestionOptions, EventHubsIngestionOptionsSetup>(EventHubsIngestionOptions.SectionName);
        services.AddSingleton<RunEventHandler>();
        services.AddSingleton<RunEventSources>();
        services.AddSingleton<IngestionMetrics>();
        services.AddSingleton<IHostedService>(provider =>
        {
            // Observable instruments exist from the moment that someone makes them.
            provider.GetRequiredService<IngestionMetrics>();
            return provider.GetRequiredService<RunEventSources>().Kafka;
        });
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RunEventSources>().EventHubs);
        services.AddHealthChecks().AddCheck<IngestionHealthCheck>("ingestion", tags: [ObservabilityExtensions.ReadyTag]);
        return services;
    }

    private static void AddChecked<TOptions, TSetup>(this IServiceCollection services, string section)
        where TOptions : class
        where TSetup : class, IPostConfigureOptions<TOptions>, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<TSetup>();
        services.AddSingleton<IPostConfigureOptions<TOptions>>(provider => provider.GetRequiredService<TSetup>());
        services.AddSingleton<IValidateOptions<TOptions>>(provider => provider.GetRequiredService<TSetup>());
    }
}
