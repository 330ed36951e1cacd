using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Observability;
using Telemetry.Collector.Quotas.Limits.File;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>Registers the limit book.</summary>
internal static class LimitBookServiceCollectionExtensions
{
    /// <summary>Adds the book, the reading of its file and its health check. Needs an <c>IStateLog</c> and <c>KnownResources</c>.</summary>
    public static IServiceCollection AddLimitBook(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddOptions<LimitsFileOptions>().BindConfiguration(LimitsFileOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitsFileOptions>, LimitsFileOptionsValidator>();
        services.AddSingleton<LimitsFileState>();
        services.AddSingleton<LimitBook>();
        services.AddSingleton<ILimitBook>(provider => provider.GetRequiredService<LimitBook>());
        services.AddHostedService<LimitBookService>();
        services.AddHealthChecks().AddCheck<LimitsFileState>("quota-limits", tags: [ObservabilityExtensions.ReadyTag]);
        return services;
    }
}
