using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Transport;

namespace Telemetry.Benchmarks.Paths;

/// <summary>This SDK: a typed event by <c>Publish</c>, all options at their defaults.</summary>
internal sealed class TelemetryPath : IPublishPath
{
    private readonly CountingTransport _transport = new();
    private readonly ServiceProvider _services;
    private readonly IEventPublisher _publisher;

    public TelemetryPath()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IEventTransport>(_transport);
        services.AddTelemetryEvents(options =>
        {
            options.ServiceName = Sample.ServiceName;
            options.Context = Sample.Context;
        });
        _services = services.BuildServiceProvider();
        _publisher = _services.GetRequiredService<IEventPublisher>();
    }

    public string Name => "Telemetry.Events Publish";

    public long Arrived => _transport.Arrived;

    public void Call() => _publisher.Publish(Sample.Event);

    public void Drain(long expected) => _publisher.FlushAsync(Timeout.InfiniteTimeSpan).AsTask().GetAwaiter().GetResult();

    public void Dispose() => _services.Dispose();
}
