using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.ClickHouse;

/// <summary>Registers the way to ClickHouse.</summary>
public static class ClickHouseServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ClickHouseDatabase"/> with the options of <see cref="ClickHouseOptions.SectionName"/>, which are checked at
    /// start-up. May be called more than once. Ask for the database only where <see cref="ClickHouseOptions.Url"/> is set.
    /// </summary>
    public static IServiceCollection AddClickHouse(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ClickHouseDatabase)))
            return services;
        services.AddOptions<ClickHouseOptions>().BindConfiguration(ClickHouseOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ClickHouseOptions>, ClickHouseOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClickHouseOptions>, ClickHouseOptionsSetup>());
        services.AddSingleton<ClickHouseDatabase>();
        return services;
    }
}
