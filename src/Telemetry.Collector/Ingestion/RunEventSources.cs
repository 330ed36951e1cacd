using Microsoft.Extensions.Options;
using Telemetry.Events.EventHubs;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>Where run events come from: Kafka always, Event Hubs where it is configured.</summary>
internal sealed class RunEventSources
{
    private static readonly TimeSpan MaxStoreRetryDelay = TimeSpan.FromMinutes(1);

    // Half of what the host has for all parts.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly IngestionOptions _kafka;
    private readonly EventHubsIngestionOptions _eventHubs;

    public RunEventSources(
        IOptions<IngestionOptions> kafka,
        IOptions<EventHubsIngestionOptions> eventHubs,
        RunEventHandler handler,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        (_kafka, _eventHubs) = (kafka.Value, eventHubs.Value);
        Kafka = new RunEventConsumer("kafka", CreateKafkaOptions, handler, time, loggers);
        EventHubs = new RunEventConsumer("event-hubs", CreateEventHubsOptions, handler, time, loggers);
    }

    public RunEventConsumer Kafka { get; }

    public RunEventConsumer EventHubs { get; }

    /// <summary>The sources that are being read.</summary>
    public IReadOnlyList<(string Name, EventConsumerStatus Status)> Statuses =>
        [.. new[] { Kafka, EventHubs }.Where(source => source.Status is not null).Select(source => (source.Name, source.Status!))];

    private EventConsumerOptions CreateKafkaOptions()
    {
        var options = Create(_kafka.GroupId);
        options.ConnectionString = _kafka.ConnectionString;
        options.Topics.Add(_kafka.LoadTopic);
        options.Topics.Add(_kafka.TaskTopic);
        return options;
    }

    private EventConsumerOptions? CreateEventHubsOptions()
    {
        if (!_eventHubs.IsConfigured)
            return null;
        var options = Create(_eventHubs.GroupId).UseEventHubs(_eventHubs.ConnectionString!, _eventHubs.EventHub!);
        foreach (var (property, value) in _eventHubs.Properties)
            options.Properties[property] = value;
        return options;
    }

    private EventConsumerOptions Create(string groupId) => new()
    {
        GroupId = groupId,
        MaxBatchEvents = _kafka.MaxBatchRecords,
        MaxBatchWait = _kafka.MaxBatchWait,
        RetryDelay = _kafka.StoreRetryDelay,
        RetryMaxDelay = MaxStoreRetryDelay,
        StallTimeout = _kafka.StallTimeout,
        ShutdownTimeout = ShutdownTimeout,
    };
}
