using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Kafka;
using Telemetry.Events.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sends events straight to Kafka.</summary>
public static class KafkaTelemetryEventsBuilderExtensions
{
    /// <summary>
    /// Makes Kafka the transport. The address comes from KAFKA_DIRECT_URL unless section <c>TelemetryEvents:Kafka</c> or code
    /// sets it. Calling it again adds only its <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddKafka(
        this TelemetryEventsBuilder builder, Action<KafkaTransportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<KafkaTransportOptions>();
        if (services.All(service => service.ImplementationType != typeof(KafkaTransport)))
        {
            var setup = new KafkaTransportOptionsSetup(Environment.GetEnvironmentVariable);
            options.BindConfiguration(KafkaTransportOptions.SectionName).ValidateOnStart();
            services.AddSingleton<IPostConfigureOptions<KafkaTransportOptions>>(setup);
            services.AddSingleton<IValidateOptions<KafkaTransportOptions>>(setup);
            services.AddSingleton<IEventTransport, KafkaTransport>();
        }

        if (configure is not null)
            options.Configure(configure);
        return builder;
    }
}
