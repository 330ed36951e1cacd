using Microsoft.Extensions.Options;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>Composes the quota API.</summary>
internal static class QuotaApiExtensions
{
    /// <summary>Adds what <see cref="QuotaEndpoints.MapQuotas"/> needs beside the ledger, the limit book, the options and the keys.</summary>
    public static IServiceCollection AddQuotaApi(this IServiceCollection services)
    {
        services.AddSingleton<QuotaGate>();
        services.AddSingleton(provider => new QuotaRules(
            provider.GetRequiredService<KnownResources>(),
            (long)provider.GetRequiredService<IOptions<QuotaOptions>>().Value.MaxReservationTtl.TotalSeconds));
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, LimitJson.Default);
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, QuotaDescriptionJson.Default);
        });
        return services;
    }
}
