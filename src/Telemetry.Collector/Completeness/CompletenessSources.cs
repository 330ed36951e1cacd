using Microsoft.Extensions.Options;
using Telemetry.Collector.Ingestion;
using Telemetry.Events.EventHubs;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Completeness;

/// <summary>
/// Reads the watched topics, beside whoever else in the Collector reads them: with a group of its own, so that its offsets stand behind
/// its own transaction.
/// </summary>
internal sealed class CompletenessSources
{
    private readonly CompletenessOptions _options;
    private readonly IngestionOptions _kafka;
    private readonly EventHubsIngestionOptions _eventHubs;

    public CompletenessSources(
        IOptions<CompletenessOptions> options,
        IOptions<IngestionOptions> kafka,
        IOptions<EventHubsIngestionOptions> eventHubs,
        CompletenessHandler handler,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        (_options, _kafka, _eventHubs) = (options.Value, kafka.Value, eventHubs.Value);
        Kafka = new RunEventConsumer("completeness", CreateKafkaOptions, handler, time, loggers);
        EventHubs = new RunEventConsumer("completeness-event-hubs", CreateEventHubsOptions, handler, time, loggers);
    }

    public RunEventConsumer Kafka { get; }

    public RunEventConsumer EventHubs { get; }

    /// <summary>The sources that are being read.</summary>
    public IReadOnlyList<(string Name, EventConsumerStatus Status)> Statuses =>
        [.. new[] { Kafka, EventHubs }.Where(source => source.Status is not null).Select(source => (source.Name, source.Status!))];

    private EventConsumerOptions? CreateKafkaOptions()
    {
        if (!_options.Enabled)
            return null;
        var options = Create();
        options.ConnectionString = _kafka.ConnectionString;
        foreach (var topic in _options.Topics.Keys)
            options.Topics.Add(topic);
        return options;
    }

    private EventConsumerOptions? CreateEventHubsOptions()
    {
        if (!_options.Enabled || !_eventHubs.IsConfigured || !_options.Topics.ContainsKey(_eventHubs.EventHub!))
            return null;
        var options = Create().UseEventHubs(_eventHubs.ConnectionString!, _eventHubs.EventHub!);
        foreach (var (property, value) in _eventHubs.Properties)
            options.Properties[property] = value;
        return options;
    }

    private EventConsumerOptions Create() => new()
    {
        GroupId = _options.GroupId,
        MaxBatchEvents = _kafka.MaxBatchRecords,
        MaxBatchWait = _kafka.MaxBatchWait,
        RetryDelay = _kafka.StoreRetryDelay,
        StallTimeout = _kafka.StallTimeout,
        ShutdownTimeout = TimeSpan.FromSeconds(5),
    };
}
