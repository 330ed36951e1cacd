using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Spool;
using Telemetry.Events.Spool.HealthChecks;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spooling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps events on disk until they are sent.</summary>
public static class SpoolTelemetryEventsBuilderExtensions
{
    /// <summary>
    /// Adds the spool that events of class Audit need, and that events of class Usage go to under pressure, in an outage and at shutdown.
    /// Options bind from section <c>TelemetryEvents:Spool</c>. Adds the health check <c>telemetry-spool</c>. Calling it again adds only
    /// its <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code, after configuration.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddSpool(this TelemetryEventsBuilder builder, Action<SpoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = builder.Services.AddOptions<SpoolOptions>();
        if (builder.Services.All(service => service.ServiceType != typeof(EventSpool)))
            AddCore(builder.Services, options);
        options.Configure(configure);
        return builder;
    }

    /// <summary>Adds the spool in a directory; see the other overload.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="directory">The directory, on a local disk that outlives the process (<see cref="SpoolOptions.Directory"/>).</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddSpool(this TelemetryEventsBuilder builder, string directory) =>
        builder.AddSpool(options => options.Directory = directory);

    /// <summary>Adds the spool in the directory that section <c>TelemetryEvents:Spool</c> names; see the other overload.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder AddSpool(this TelemetryEventsBuilder builder) => builder.AddSpool(static _ => { });

    private static void AddCore(IServiceCollection services, OptionsBuilder<SpoolOptions> options)
    {
        options.BindConfiguration(SpoolOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SpoolOptions>, SpoolOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new EventSpool(
            provider.GetRequiredService<IOptions<SpoolOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events.Spool")));
        services.AddSingleton<IEventSpool>(provider => provider.GetRequiredService<EventSpool>());
        services.AddHealthChecks().AddCheck<SpoolHealthCheck>(SpoolHealthCheck.Name);
    }
}
