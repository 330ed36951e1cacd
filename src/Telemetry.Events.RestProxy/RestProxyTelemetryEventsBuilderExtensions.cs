using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Telemetry.Events;
using Telemetry.Events.RestProxy;
using Telemetry.Events.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sends events to Kafka through a REST proxy.</summary>
public static class RestProxyTelemetryEventsBuilderExtensions
{
    /// <summary>
    /// Makes a Kafka REST proxy the transport, named <c>rest-proxy</c>. The address comes from KAFKA_PROXY_URL unless section
    /// <c>TelemetryEvents:RestProxy</c> or code sets it. Calling it again adds only its <paramref name="configure"/>.
    /// </summary>
    /// <remarks>
    /// Requests run through the resilience pipeline <see cref="RestProxyTransportOptions.PipelineName"/>. A pipeline that the service
    /// registers under this name, before or after this call, replaces the built-in one:
    /// <c>services.AddResiliencePipeline&lt;string, HttpResponseMessage&gt;(…)</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddRestProxy(
        this TelemetryEventsBuilder builder, Action<RestProxyTransportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<RestProxyTransportOptions>();
        if (services.All(service => service.ServiceType != typeof(ProxyConnections)))
            AddCore(services, options);
        if (configure is not null)
            options.Configure(configure);
        return builder;
    }

    private static void AddCore(IServiceCollection services, OptionsBuilder<RestProxyTransportOptions> options)
    {
        options.BindConfiguration(RestProxyTransportOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<RestProxyTransportOptions>>(
            new RestProxyTransportOptionsSetup(Environment.GetEnvironmentVariable));
        services.AddSingleton<IValidateOptions<RestProxyTransportOptions>, RestProxyTransportOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddResiliencePipelineRegistry<string>();
        services.AddSingleton<ProxyConnections>();
        services.AddHttpClient(RestProxyTransportOptions.HttpClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static provider => ProxyHttpHandler.Create(
                provider.GetRequiredService<IOptions<RestProxyTransportOptions>>().Value, provider.GetRequiredService<ProxyConnections>()))
            // Connections are renewed by their own lifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // They would log, and allocate for, every request; and headers at Trace.
            .RemoveAllLoggers();
        services.AddSingleton<IEventTransport>(Create);
    }

    private static RestProxyTransport Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<RestProxyTransportOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var logger = (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events.RestProxy");
        var circuit = new CircuitBreakerStateProvider();
        var pipelines = provider.GetRequiredService<ResiliencePipelineRegistry<string>>();
        // Not AddResiliencePipeline: the registry keeps the first pipeline of a name, and a service's own is to win wherever it is added.
        pipelines.TryAddBuilder<HttpResponseMessage>(
            RestProxyTransportOptions.PipelineName,
            (pipeline, _) => RestProxyResilience.Configure(pipeline, options, circuit, time, logger));
        return new RestProxyTransport(options, new RestProxyParts(
            options,
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(RestProxyTransportOptions.HttpClientName),
            pipelines.GetPipeline<HttpResponseMessage>(RestProxyTransportOptions.PipelineName),
            circuit,
            provider.GetRequiredService<ProxyConnections>(),
            provider.GetService<IMeterFactory>(),
            time,
            logger));
    }
}
