using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Registry;
using Telemetry.Quota.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of the Quota Service.</summary>
public static class TelemetryQuotaServiceCollectionExtensions
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds <see cref="IQuota"/>. The address comes from QUOTA_URL unless section <c>TelemetryQuota</c> or code sets it; what an answer that
    /// does not come means (<see cref="TelemetryQuotaOptions.FailureMode"/>) must be chosen, or the start fails. Calling it again adds only its
    /// <paramref name="configure"/>.
    /// </summary>
    /// <remarks>
    /// Requests run through the resilience pipeline <see cref="TelemetryQuotaOptions.PipelineName"/>. A pipeline that the service registers
    /// under this name, before or after this call, replaces the built-in one:
    /// <c>services.AddResiliencePipeline&lt;string, HttpResponseMessage&gt;(…)</c>.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddTelemetryQuota(this IServiceCollection services, Action<TelemetryQuotaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TelemetryQuotaOptions>();
        if (services.All(service => service.ServiceType != typeof(QuotaMetrics)))
            AddCore(services, options);
        if (configure is not null)
            options.Configure(configure);
        return services;
    }

    private static void AddCore(IServiceCollection services, OptionsBuilder<TelemetryQuotaOptions> options)
    {
        options.BindConfiguration(TelemetryQuotaOptions.SectionName).ValidateOnStart();
        var setup = new TelemetryQuotaOptionsSetup(Environment.GetEnvironmentVariable);
        services.AddSingleton<IPostConfigureOptions<TelemetryQuotaOptions>>(setup);
        services.AddSingleton<IValidateOptions<TelemetryQuotaOptions>>(setup);
        services.TryAddSingleton(TimeProvider.System);
        services.AddResiliencePipelineRegistry<string>();
        services.AddSingleton(static provider => new QuotaMetrics(provider.GetService<IMeterFactory>()));
        services.AddHttpClient(TelemetryQuotaOptions.HttpClientName, static (provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<TelemetryQuotaOptions>>().Value;
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.BaseAddress = new Uri(options.BaseAddress!.TrimEnd('/') + "/");
                if (options.ApiKey is { } key)
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            })
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime, AllowAutoRedirect = false })
            // Connections are renewed by their own lifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // They would log, and allocate for, every request; and headers at Trace.
            .RemoveAllLoggers();
        services.AddSingleton<IQuota>(Create);
    }

    private static QuotaClient Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<TelemetryQuotaOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var logger = (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(TelemetryQuotaOptions.HttpClientName);
        var pipelines = provider.GetRequiredService<ResiliencePipelineRegistry<string>>();
        // Not AddResiliencePipeline: the registry keeps the first pipeline of a name, and a service's own is to win wherever it is added.
        pipelines.TryAddBuilder<HttpResponseMessage>(
            TelemetryQuotaOptions.PipelineName, (pipeline, _) => QuotaResilience.Configure(pipeline, options, time, logger));
        var metrics = provider.GetRequiredService<QuotaMetrics>();
        var transport = new QuotaTransport(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(TelemetryQuotaOptions.HttpClientName),
            pipelines.GetPipeline<HttpResponseMessage>(TelemetryQuotaOptions.PipelineName),
            metrics,
            time,
            logger);
        return new QuotaClient(transport, options.FailureMode!.Value, metrics, logger);
    }
}
