using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Telemetry.Events.Kafka;

/// <summary>The meter <c>Telemetry.Events.Kafka.Consumer</c>: one set of instruments for all consumers, told apart by their name.</summary>
internal sealed class ConsumerMetrics : IDisposable
{
    public const string MeterName = "Telemetry.Events.Kafka.Consumer";

    private readonly ConcurrentDictionary<EventConsumerProgress, byte> _consumers = new();
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Histogram<double> _batchDuration;

    /// <param name="meters">Makes the meter, and then owns it; null for a meter of our own.</param>
    public ConsumerMetrics(IMeterFactory? meters = null)
    {
        _ownsMeter = meters is null;
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _batchDuration = _meter.CreateHistogram<double>(
            "telemetry.events.consumer.batch.duration", "s", "What a handler took for a batch, failed attempts left out.");
        Count("handled", "{record}", status => status.Handled, "Records handled, dead letters included.");
        Count("dead_letters", "{record}", status => status.DeadLetters, "Records that could not be used.");
        Count("handler.failures", "{attempt}", status => status.HandlerFailures, "Attempts of a handler that threw.");
        Count("commit.failures", "{commit}", status => status.CommitFailures, "Commits that a broker refused.");
        _meter.CreateObservableGauge(
            "telemetry.events.consumer.lag", () => Each(status => status.Lag), "{record}", "Records that wait to be read or handled.");
        _meter.CreateObservableGauge(
            "telemetry.events.consumer.partitions", () => Each(status => status.AssignedPartitions), "{partition}", "Partitions that are read.");
    }

    public void Add(EventConsumerProgress consumer) => _consumers[consumer] = 0;

    public void Remove(EventConsumerProgress consumer) => _consumers.TryRemove(consumer, out _);

    public void RecordBatch(string consumer, TimeSpan duration) =>
        _batchDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("consumer", consumer));

    public void Dispose()
    {
        if (_ownsMeter)
            _meter.Dispose();
    }

    private void Count(string name, string unit, Func<EventConsumerStatus, long> value, string description) =>
        _meter.CreateObservableCounter($"telemetry.events.consumer.{name}", () => Each(value), unit, description);

    private IEnumerable<Measurement<long>> Each(Func<EventConsumerStatus, long> value) => _consumers.Keys.Select(
        consumer => new Measurement<long>(value(consumer.Take()), new KeyValuePair<string, object?>("consumer", consumer.Name)));
}
