using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>Runs one consumer with the host.</summary>
internal sealed class EventConsumerService(ConsumerRegistration registration, IServiceProvider services) : BackgroundService
{
    private EventConsumer? _consumer;

    /// <summary>Null before the start.</summary>
    public EventConsumerStatus? Status => _consumer?.GetStatus();

    // Here and not in the loop: a configuration that librdkafka refuses must fail the start.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _consumer = new EventConsumer(
            registration.Name,
            services.GetRequiredService<IOptionsMonitor<EventConsumerOptions>>().Get(registration.Name),
            registration.CreateHandler(services),
            services.GetRequiredService<ConsumerMetrics>(),
            services.GetService<ILoggerFactory>(),
            services.GetRequiredService<TimeProvider>());
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _consumer?.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _consumer!.RunAsync(stoppingToken);
}
