using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Context;
using Telemetry.Events.HealthChecks;
using Telemetry.Events.Publishing;
using Telemetry.Events.Routing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the publisher.</summary>
public static class TelemetryEventsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IEventPublisher"/> as a singleton that starts and stops with the host. Options bind from section
    /// <c>TelemetryEvents</c> and are checked at start-up. Adds the health check <c>telemetry-events</c>. Add a transport to the result. Calling it again adds only its
    /// <paramref name="configure"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The builder that transports extend.</returns>
    public static TelemetryEventsBuilder AddTelemetryEvents(
        this IServiceCollection services, Action<TelemetryEventsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TelemetryEventsOptions>();
        if (services.All(service => service.ServiceType != typeof(EventPublisher)))
            AddCore(services, options);
        if (configure is not null)
            options.Configure(configure);
        return new TelemetryEventsBuilder(services);
    }

    private static void AddCore(IServiceCollection services, OptionsBuilder<TelemetryEventsOptions> options)
    {
        options.BindConfiguration(TelemetryEventsOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<TelemetryEventsOptions>>(
            new EnvironmentContext(Environment.GetEnvironmentVariable));
        services.AddSingleton<IPostConfigureOptions<TelemetryEventsOptions>, DefaultServiceName>();
        services.AddSingleton<IValidateOptions<TelemetryEventsOptions>, TelemetryEventsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<FailoverTransports>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EventPublisher>(
            provider, provider.GetRequiredService<FailoverTransports>().All));
        services.AddSingleton<IEventPublisher>(provider => provider.GetRequiredService<EventPublisher>());
        services.AddHostedService<PublisherService>();
        services.AddHealthChecks().AddCheck<TelemetryEventsHealthCheck>(TelemetryEventsHealthCheck.Name);
    }
}
