using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Kafka;
using Telemetry.Events.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sends events straight to Kafka.</summary>
public static class KafkaTelemetryEventsBuilderExtensions
{
    /// <summary>
    /// Makes Kafka the transport, named <c>kafka</c>. The address comes from KAFKA_DIRECT_URL unless section
    /// <c>TelemetryEvents:Kafka</c> or code sets it. Calling it again adds only its <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddKafka(
        this TelemetryEventsBuilder builder, Action<KafkaTransportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = Add(builder.Services, KafkaTransport.DefaultName, Options.Options.DefaultName, options =>
        {
            var setup = new KafkaTransportOptionsSetup(Environment.GetEnvironmentVariable);
            options.BindConfiguration(KafkaTransportOptions.SectionName);
            builder.Services.AddSingleton<IPostConfigureOptions<KafkaTransportOptions>>(setup);
        });
        if (configure is not null)
            options.Configure(configure);
        return builder;
    }

    /// <summary>
    /// Adds a Kafka cluster beside others, as a transport of its own name that routes can send events to. Its options are set in
    /// code alone. Calling it again with the same name adds only its <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The transport's name, for routes, logs and metrics.</param>
    /// <param name="configure">Sets the options, <see cref="KafkaTransportOptions.ConnectionString"/> among them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TelemetryEventsBuilder AddKafkaCluster(
        this TelemetryEventsBuilder builder, string name, Action<KafkaTransportOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        Add(builder.Services, name, name, static _ => { }).Configure(configure);
        return builder;
    }

    private static OptionsBuilder<KafkaTransportOptions> Add(
        IServiceCollection services, string transportName, string optionsName, Action<OptionsBuilder<KafkaTransportOptions>> first)
    {
        var options = services.AddOptions<KafkaTransportOptions>(optionsName);
        if (services.Any(service => service.ImplementationInstance is Registration registration && registration.Name == transportName))
            return options;

        services.AddSingleton(new Registration(transportName));
        if (services.All(service => service.ImplementationType != typeof(KafkaTransportOptionsValidator)))
            services.AddSingleton<IValidateOptions<KafkaTransportOptions>, KafkaTransportOptionsValidator>();
        first(options);
        options.ValidateOnStart();
        services.AddSingleton<IEventTransport>(provider => new KafkaTransport(
            transportName,
            provider.GetRequiredService<IOptionsMonitor<KafkaTransportOptions>>().Get(optionsName),
            provider.GetRequiredService<IOptions<TelemetryEventsOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>(),
            provider.GetService<IMeterFactory>()));
        return options;
    }

    private sealed record Registration(string Name);
}
