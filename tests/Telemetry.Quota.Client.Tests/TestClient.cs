using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Telemetry.Quota.Client.Tests;

/// <summary>Builds clients.</summary>
internal static class TestClient
{
    /// <summary>A client that repeats without waiting for long.</summary>
    /// <param name="configure">Sets more.</param>
    /// <param name="handler">Answers instead of a server; null for the network.</param>
    public static ServiceProvider Build(Action<TelemetryQuotaOptions>? configure = null, HttpMessageHandler? handler = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryQuota(options =>
        {
            options.BaseAddress = "http://collector.test/prefix";
            options.FailureMode = QuotaFailureMode.FailClosed;
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            configure?.Invoke(options);
        });
        if (handler is not null)
            services.AddHttpClient(TelemetryQuotaOptions.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => handler);
        return services.BuildServiceProvider();
    }
}
