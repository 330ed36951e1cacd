using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Telemetry.Collector.Prometheus;

/// <summary>Registers what asks Prometheus.</summary>
public static class PrometheusServiceCollectionExtensions
{
    private const string UrlSetting = "PROMETHEUS_URL";
    private const string DefaultUrl = "http://127.0.0.1:9090";

    /// <summary>
    /// Adds <see cref="PrometheusClient"/> and <see cref="PrometheusReader"/> with the options of
    /// <see cref="PrometheusOptions.SectionName"/>, which are checked at start-up.
    /// </summary>
    public static IServiceCollection AddPrometheus(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PrometheusOptions>()
            .Bind(configuration.GetSection(PrometheusOptions.SectionName))
            .PostConfigure(options => options.Url ??= configuration[UrlSetting] is { Length: > 0 } url ? url : DefaultUrl)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PrometheusOptions>, PrometheusOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<QueryGate>();
        services.AddSingleton<PrometheusReader>();

        services.AddHttpClient<PrometheusClient>(ConfigureClient)
            .RemoveAllLoggers()
            // The client lives as long as the process, so the connections are what has to be renewed (DNS), not the handler.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, services) =>
            {
                var options = services.GetRequiredService<IOptions<PrometheusOptions>>().Value;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.AutomaticDecompression = options.Compression ?? !PrometheusEndpoint.Parse(options.Url).BaseAddress.IsLoopback
                    ? DecompressionMethods.GZip : DecompressionMethods.None;
            })
            .AddResilienceHandler("prometheus", ConfigureResilience);
        return services;
    }

    private static void ConfigureClient(IServiceProvider services, HttpClient client)
    {
        var options = services.GetRequiredService<IOptions<PrometheusOptions>>().Value;
        var endpoint = PrometheusEndpoint.Parse(options.Url);
        client.BaseAddress = endpoint.BaseAddress;
        client.DefaultRequestHeaders.Authorization = options.BearerToken is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : endpoint.Authorization;
        // PrometheusClient keeps the deadline itself.
        client.Timeout = Timeout.InfiniteTimeSpan;
    }

    private static void ConfigureResilience(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var options = context.ServiceProvider.GetRequiredService<IOptions<PrometheusOptions>>().Value;
        pipeline
            // For a hiccup only: an outage is waited out by the run's own retry, which holds no connection meanwhile.
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = false,
            })
            .AddTimeout(options.QueryTimeout);
    }
}
