using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Observability;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Completeness;

/// <summary>Composes the proof that nothing is missing.</summary>
public static class CompletenessExtensions
{
    /// <summary>Adds the reading of what arrives, its store, the check, its metrics and its readiness detail. Needs ingestion and storage.</summary>
    public static WebApplicationBuilder AddCompleteness(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CompletenessOptions>().BindConfiguration(CompletenessOptions.SectionName).ValidateOnStart();
        services.AddSingleton<CompletenessOptionsSetup>();
        services.AddSingleton<IPostConfigureOptions<CompletenessOptions>>(provider => provider.GetRequiredService<CompletenessOptionsSetup>());
        services.AddSingleton<IValidateOptions<CompletenessOptions>>(provider => provider.GetRequiredService<CompletenessOptionsSetup>());
        services.AddSingleton<ICompletenessStore>(OpenStore);
        services.AddSingleton<IArrivedSequences>(provider => provider.GetRequiredService<ICompletenessStore>());
        services.AddSingleton<CompletenessHandler>();
        services.AddSingleton<CompletenessSources>();
        services.AddSingleton<CompletenessCheck>();
        services.AddSingleton<CompletenessMonitor>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<CompletenessSources>().Kafka);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<CompletenessSources>().EventHubs);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<CompletenessMonitor>());
        services.AddHealthChecks().AddCheck<CompletenessHealthCheck>("completeness", tags: [ObservabilityExtensions.ReadyTag]);
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, CompletenessJsonContext.Default));
        return builder;
    }

    private static ICompletenessStore OpenStore(IServiceProvider provider)
    {
        IReadOnlyCollection<string> topics = [.. provider.GetRequiredService<IOptions<CompletenessOptions>>().Value.Topics.Keys];
        var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        return storage.Mode == StorageMode.ClickHouse
            ? new ClickHouseCompletenessStore(provider.GetRequiredService<ClickHouseTables>(), topics)
            : DuckDbCompletenessStore.Open(storage.Path, topics);
    }
}
