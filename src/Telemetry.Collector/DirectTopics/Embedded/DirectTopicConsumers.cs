using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics.Stores;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Embedded;

/// <summary>Reads the direct topics into DuckDB: one consumer group a topic, as ClickHouse has, so that the proof is the same.</summary>
internal sealed class DirectTopicConsumers : BackgroundService
{
    private readonly IReadOnlyList<EventConsumer> _consumers;

    public DirectTopicConsumers(
        IOptions<DirectTopicsOptions> options, DirectTopicSchemas schemas, DuckDbDirectTopics store, TimeProvider time, ILoggerFactory loggers)
    {
        var settings = options.Value;
        _consumers =
        [
            .. schemas.All.Select(schema => new EventConsumer(
                $"direct-{schema.Topic}",
                new EventConsumerOptions
                {
                    ConnectionString = settings.Kafka,
                    GroupId = $"{settings.GroupPrefix}-{schema.Topic}",
                    Topics = { schema.Topic },
                    MaxBatchEvents = Math.Min(settings.MaxBlockRows, 100_000),
                    MaxBatchWait = settings.FlushInterval,
                    StallTimeout = settings.StallTimeout,
                    ShutdownTimeout = TimeSpan.FromSeconds(5),
                },
                new DirectTopicHandler(schema, store, time), loggers, time)),
        ];
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var consumer in _consumers)
            consumer.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_consumers.Select(consumer => consumer.RunAsync(stoppingToken)));
}
