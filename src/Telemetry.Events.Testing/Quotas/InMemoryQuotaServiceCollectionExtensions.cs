using Microsoft.Extensions.DependencyInjection.Extensions;
using Telemetry.Events.Testing;
using Telemetry.Quota.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Grants by limits of the test instead of asking the Quota Service.</summary>
public static class InMemoryQuotaServiceCollectionExtensions
{
    /// <summary>
    /// Makes an <see cref="InMemoryQuota"/> the <see cref="IQuota"/>. Call it after the service's own registration, which then needs neither
    /// an address nor a failure mode. Resolve <see cref="InMemoryQuota"/> to set limits and to ask what was reserved.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="quota">The one to use; null for a new one.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddInMemoryQuota(this IServiceCollection services, InMemoryQuota? quota = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        quota ??= new InMemoryQuota();
        // The real client's options are checked at the start whether or not it is used.
        services.AddTelemetryQuota(options =>
        {
            options.BaseAddress ??= "http://in-memory.invalid";
            options.FailureMode ??= quota.FailureMode;
        });
        services.RemoveAll<IQuota>();
        services.RemoveAll<InMemoryQuota>();
        services.AddSingleton(quota);
        services.AddSingleton<IQuota>(quota);
        return services;
    }
}
