using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.Ingestion;
using Telemetry.Collector.Observability;
using Telemetry.Collector.Quotas.Api;
using Telemetry.Collector.Quotas.Consuming;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Log.DuckDb;
using Telemetry.Collector.Quotas.Log.Kafka;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Quotas.Thresholds;
using Telemetry.Collector.Quotas.Usage;
using Telemetry.Collector.Quotas.Usage.Stores;

namespace Telemetry.Collector.Quotas.Hosting;

/// <summary>Composes the Quota Service.</summary>
internal static class QuotaServiceCollectionExtensions
{
    /// <summary>Adds it where it is enabled; its options alone elsewhere. Needs the direct topics.</summary>
    public static IServiceCollection AddQuotas(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QuotaOptions>().BindConfiguration(QuotaOptions.SectionName).ValidateOnStart();
        services.AddOptions<QuotaFeedOptions>().BindConfiguration(QuotaOptions.SectionName).ValidateOnStart();
        services.AddOptions<StateLogOptions>().BindConfiguration(QuotaOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<QuotaOptions>, QuotaOptionsSetup>();
        services.AddSingleton<IValidateOptions<QuotaOptions>, QuotaOptionsSetup>();
        services.AddSingleton<IValidateOptions<QuotaOptions>, QuotaPartsValidator>();
        services.AddSingleton<IValidateOptions<QuotaFeedOptions>, QuotaPartsValidator>();
        services.AddSingleton<IValidateOptions<StateLogOptions>, QuotaPartsValidator>();
        var mode = DirectTopicsOptionsSetup.ModeOf(configuration);
        if (mode == DirectTopicsMode.Off || !configuration.GetValue<bool>($"{QuotaOptions.SectionName}:{nameof(QuotaOptions.Enabled)}"))
            return services;

        services.AddSingleton<QuotaResources>();
        services.AddSingleton(provider => new KnownResources(provider.GetRequiredService<QuotaResources>().All.Select(resource => resource.Name)));
        services.AddStores(mode);
        services.AddLimitBook();
        services.AddQuotaApi();
        services.AddSingleton<ThresholdPublisher>();
        services.AddSingleton<IThresholdSink>(provider => provider.GetRequiredService<ThresholdPublisher>());
        services.AddSingleton(provider => new QuotaLedger(
            provider.GetRequiredService<IOptions<QuotaOptions>>().Value,
            provider.GetRequiredService<QuotaResources>().All,
            provider.GetRequiredService<QuotaResources>().Schemas,
            provider.GetRequiredService<ILimitBook>(),
            provider.GetRequiredService<IUsageStore>(),
            provider.GetRequiredService<IStateLog>(),
            provider.GetRequiredService<IThresholdSink>(),
            provider.GetRequiredService<TimeProvider>(),
            mode == DirectTopicsMode.ClickHouse ? UsageRules.ClickHouse : UsageRules.DuckDb));
        services.AddSingleton<IQuotaLedger>(provider => provider.GetRequiredService<QuotaLedger>());
        services.AddSingleton<QuotaProgress>();
        services.AddSingleton<UsageMetrics>();
        services.AddSingleton<QuotaMetrics>();
        services.AddHostedService(provider =>
        {
            // Nobody asks for them, and they are to be seen from the start on.
            provider.GetRequiredService<UsageMetrics>();
            provider.GetRequiredService<QuotaMetrics>();
            return ActivatorUtilities.CreateInstance<QuotaService>(provider);
        });
        services.AddHealthChecks().AddCheck<QuotaHealthCheck>("quota", tags: [ObservabilityExtensions.ReadyTag]);
        return services;
    }

    private static void AddStores(this IServiceCollection services, DirectTopicsMode mode)
    {
        if (mode == DirectTopicsMode.ClickHouse)
        {
            services.AddSingleton<IUsageStore, ClickHouseUsageStore>();
            services.AddSingleton<IStateLog>(provider => new KafkaStateLog(
                provider.GetRequiredService<IOptions<IngestionOptions>>().Value.ConnectionString!,
                provider.GetRequiredService<IOptions<StateLogOptions>>().Value,
                provider.GetRequiredService<ILogger<KafkaStateLog>>()));
            return;
        }

        services.AddSingleton<IUsageStore, DuckDbUsageStore>();
        services.AddSingleton<IStateLog>(
            provider => new DuckDbStateLog(Path.GetFullPath(provider.GetRequiredService<IOptions<StateLogOptions>>().Value.StatePath)));
    }
}
