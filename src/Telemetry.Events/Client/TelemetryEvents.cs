using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Telemetry.Events;

/// <summary>A publisher for a program without a host. Dispose it at the end: that delivers what is held, within the shutdown time.</summary>
public sealed class TelemetryEvents : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TelemetryEvents(ServiceProvider services)
    {
        _services = services;
        Publisher = services.GetRequiredService<IEventPublisher>();
    }

    /// <summary>The publisher.</summary>
    public IEventPublisher Publisher { get; }

    /// <summary>Builds and starts a publisher.</summary>
    /// <param name="configure">
    /// Adds a transport and whatever else a service would add: <c>events => events.AddKafka()</c>. Without
    /// <c>events.Services.AddLogging(…)</c> nothing is logged.
    /// </param>
    /// <param name="options">Sets options in code; the environment fills the rest.</param>
    /// <exception cref="OptionsValidationException">An option is wrong, or there is no transport; the message says what to change.</exception>
    public static TelemetryEvents Create(
        Action<TelemetryEventsBuilder> configure, Action<TelemetryEventsOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        configure(services.AddTelemetryEvents(options));
        var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return new TelemetryEvents(provider);
        }
        catch
        {
            // Asynchronously: a transport need not know another way, and the container would throw for that instead.
            provider.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Refuses new events, delivers what is held within the shutdown time and drops the rest.</summary>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
