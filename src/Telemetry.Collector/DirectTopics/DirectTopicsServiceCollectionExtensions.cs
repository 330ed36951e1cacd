using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.DirectTopics;

/// <summary>Registers what has to do with the direct topics.</summary>
internal static class DirectTopicsServiceCollectionExtensions
{
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
