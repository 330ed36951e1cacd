using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>Reads the run events of one source for as long as the Collector runs; nothing where the source is not configured.</summary>
internal sealed class RunEventConsumer(
    string name, Func<EventConsumerOptions?> options, RunEventHandler handler, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private EventConsumer? _consumer;

    /// <summary>The source, as health and metrics name it.</summary>
    public string Name => name;

    /// <summary>Null before the start, and where the source is not configured.</summary>
    public EventConsumerStatus? Status => _consumer?.GetStatus();

    // Here and not in the loop: a configuration that librdkafka refuses must fail the start.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options() is { } settings)
            _consumer = new EventConsumer(name, settings, handler, loggers, time);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _consumer?.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _consumer?.RunAsync(stoppingToken) ?? Task.CompletedTask;
}
