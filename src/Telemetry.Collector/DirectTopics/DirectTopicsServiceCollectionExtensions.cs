using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics.Embedded;
using Telemetry.Collector.DirectTopics.Proof;
using Telemetry.Collector.DirectTopics.Stores;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.DirectTopics;

/// <summary>Registers what has to do with the direct topics.</summary>
internal static class DirectTopicsServiceCollectionExtensions
{
    /// <summary>Adds the tables, the proof and its readiness check; the options alone where the mode is Off.</summary>
    public static IServiceCollection AddDirectTopics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDirectTopicsOptions();
        var mode = DirectTopicsOptionsSetup.ModeOf(configuration);
        if (mode == DirectTopicsMode.Off)
            return services;

        services.AddSingleton<DirectTopicSchemas>();
        services.AddSingleton<IngestionWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<IngestionWatch>());
        services.AddHealthChecks().AddCheck<IngestionWatch>("direct-topics", tags: [ObservabilityExtensions.ReadyTag]);
        if (mode == DirectTopicsMode.ClickHouse)
        {
            services.AddSingleton<IDirectTopicsStore, ClickHouseDirectTopics>();
            return services;
        }

        services.AddSingleton<DuckDbDirectTopics>();
        services.AddSingleton<IDirectTopicsStore>(provider => provider.GetRequiredService<DuckDbDirectTopics>());
        services.AddHostedService<DirectTopicConsumers>();
        return services;
    }

    /// <summary>Adds the options of the direct topics and of ClickHouse, checked at start-up.</summary>
    public static IServiceCollection AddDirectTopicsOptions(this IServiceCollection services)
    {
        services.AddClickHouse();
        services.AddOptions<DirectTopicsOptions>().BindConfiguration(DirectTopicsOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<DirectTopicsOptions>, DirectTopicsOptionsSetup>();
        services.AddSingleton<IValidateOptions<DirectTopicsOptions>, DirectTopicsOptionsSetup>();
        return services;
    }
}
