using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.DirectTopics.Proof;

/// <summary>Compares Kafka's offsets with those taken, again and again: for readiness, metrics and the report.</summary>
internal sealed class IngestionWatch : BackgroundService, IHealthCheck
{
    private readonly DirectTopicsOptions _options;
    private readonly IReadOnlyList<TopicSchema> _schemas;
    private readonly IngestionProgress _progress;
    private readonly TimeProvider _time;

    public IngestionWatch(IOptions<DirectTopicsOptions> options, DirectTopicSchemas schemas, IMeterFactory meters, TimeProvider time)
    {
        (_options, _schemas, _time, _progress) = (options.Value, schemas.All, time, new IngestionProgress(time));
        var meter = meters.Create(CollectorMeter.Name);
        meter.CreateObservableGauge(
            "telemetry.collector.direct.lag", () => Each(partition => partition.Lag), "{record}", "Records in Kafka that are not in a table yet.");
        meter.CreateObservableCounter(
            "telemetry.collector.direct.offset", () => Each(partition => partition.Committed ?? 0), "{record}", "One behind the last offset taken, summed over partitions.");
    }

    /// <summary>What was read last.</summary>
    public IReadOnlyList<KafkaPartition> Partitions => _progress.Partitions;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_progress.FindProblem(_options.StallTimeout) is { } problem
            ? HealthCheckResult.Unhealthy(problem)
            : HealthCheckResult.Healthy($"{Partitions.Count} partitions, {Partitions.Sum(partition => partition.Lag)} records behind."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var offsets = new KafkaOffsets(_options.Kafka!);
        using var timer = new PeriodicTimer(_options.ProofInterval, _time);
        try
        {
            do
            {
                // The client blocks its thread while it asks.
                await Task.Run(() => Look(offsets, stoppingToken), CancellationToken.None);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Look(KafkaOffsets offsets, CancellationToken stopping)
    {
        try
        {
            var partitions = new List<KafkaPartition>();
            foreach (var schema in _schemas)
            {
                stopping.ThrowIfCancellationRequested();
                partitions.AddRange(offsets.Of(schema.Topic, $"{_options.GroupPrefix}-{schema.Topic}"));
            }

            _progress.Update(partitions);
        }
        catch (KafkaException exception)
        {
            _progress.Fail($"Kafka's offsets cannot be read: {exception.Error.Reason}");
        }
    }

    private IEnumerable<Measurement<long>> Each(Func<KafkaPartition, long> value) => Partitions
        .GroupBy(partition => partition.Topic)
        .Select(topic => new Measurement<long>(topic.Sum(value), new KeyValuePair<string, object?>("topic", topic.Key)));
}
