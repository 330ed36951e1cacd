using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Telemetry.Events.Kafka;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers consumers of events.</summary>
public static class EventConsumerServiceCollectionExtensions
{
    /// <summary>
    /// Registers a consumer that runs with the host. Options bind from section <c>TelemetryEvents:Consumers:{name}</c> and are checked
    /// at start-up. Adds the health check <c>telemetry-consumer-{name}</c>. Calling it again with the same name adds to the same
    /// consumer.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Names the consumer in configuration, logs and metrics.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The builder that says who handles what.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static EventConsumerBuilder AddTelemetryEventConsumer(
        this IServiceCollection services, string name, Action<EventConsumerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var options = services.AddOptions<EventConsumerOptions>(name);
        var registration = services.Select(service => service.ImplementationInstance).OfType<ConsumerRegistration>()
            .FirstOrDefault(known => known.Name == name);
        if (registration is null)
        {
            registration = new ConsumerRegistration(name);
            options.BindConfiguration($"{EventConsumerOptions.SectionName}:{name}").ValidateOnStart();
            AddConsumer(services, registration);
        }

        if (configure is not null)
            options.Configure(configure);
        return new EventConsumerBuilder(services, registration);
    }

    private static void AddConsumer(IServiceCollection services, ConsumerRegistration registration)
    {
        if (services.All(service => service.ServiceType != typeof(ConsumerMetrics)))
        {
            var validator = new EventConsumerOptionsValidator(Environment.GetEnvironmentVariable);
            services.AddSingleton<IPostConfigureOptions<EventConsumerOptions>>(validator);
            services.AddSingleton<IValidateOptions<EventConsumerOptions>>(validator);
            services.AddSingleton(static provider => new ConsumerMetrics(provider.GetService<IMeterFactory>()));
            services.TryAddSingleton(TimeProvider.System);
        }

        var name = registration.Name;
        services.AddSingleton(registration);
        services.AddKeyedSingleton(name, (provider, _) => new EventConsumerService(registration, provider));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<EventConsumerService>(name));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"telemetry-consumer-{name}",
            provider => new EventConsumerHealthCheck(
                provider.GetRequiredKeyedService<EventConsumerService>(name),
                provider.GetRequiredService<IOptionsMonitor<EventConsumerOptions>>(),
                name),
            failureStatus: null,
            tags: null));
    }
}
