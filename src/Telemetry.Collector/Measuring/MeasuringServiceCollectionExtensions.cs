using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Measuring.Catalog;

namespace Telemetry.Collector.Measuring;

/// <summary>Registers what measures finished runs.</summary>
public static class MeasuringServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="RunMeasurer"/> and its parts with the options of <see cref="MeasuringOptions.SectionName"/>, which are
    /// checked at start-up. Needs <c>AddPrometheus</c> and an <c>IRunStore</c>.
    /// </summary>
    public static IServiceCollection AddMeasuring(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MeasuringOptions>()
            .Bind(configuration.GetSection(MeasuringOptions.SectionName))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MeasuringOptions>, MeasuringOptionsValidator>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<MeasuringMetrics>();
        services.AddSingleton(provider =>
            provider.GetRequiredService<IOptions<MeasuringOptions>>().Value.CatalogPath is { } path
                ? MetricCatalog.Load(path)
                : MetricCatalog.Shipped);
        services.AddSingleton<INodeMeter, NodeMeter>();
        services.AddHostedService<RunMeasurer>();
        return services;
    }
}
