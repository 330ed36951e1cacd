using System.Diagnostics.Metrics;
using Telemetry.Collector.Observability;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>Instruments of the measuring part, on the meter <c>Telemetry.Collector</c>.</summary>
public sealed class MeasuringMetrics
{
    private readonly Counter<long> _measurements;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _prometheusFailures;

    // Written by the measurer's loop, read by whichever thread collects.
    private volatile int _waiting;

    public MeasuringMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(CollectorMeter.Name);
        _measurements = meter.CreateCounter<long>(
            "telemetry.collector.measurements", "{measurement}",
            "Tries to measure a run, by outcome: measured, no_data, failed.");
        _duration = meter.CreateHistogram<double>(
            "telemetry.collector.measurement.duration", "s", "Time that a try to measure a run took, by outcome.");
        _prometheusFailures = meter.CreateCounter<long>(
            "telemetry.collector.prometheus.failures", "{failure}",
            "Tries that failed because Prometheus gave no answer, by reason.");
        meter.CreateObservableGauge(
            "telemetry.collector.measuring.queue", () => _waiting, "{run}", "Due runs that wait for a free slot to be measured.");
    }

    internal void Waiting(int runs) => _waiting = runs;

    internal void Tried(string outcome, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome);
        _measurements.Add(1, tag);
        _duration.Record(duration.TotalSeconds, tag);
    }

    internal void PrometheusFailed(PrometheusFailureKind kind) =>
        _prometheusFailures.Add(1, new KeyValuePair<string, object?>("reason", Reason(kind)));

    private static string Reason(PrometheusFailureKind kind) => kind switch
    {
        PrometheusFailureKind.Unreachable => "unreachable",
        PrometheusFailureKind.TimedOut => "timed_out",
        PrometheusFailureKind.HttpStatus => "http_status",
        PrometheusFailureKind.QueryError => "query_error",
        PrometheusFailureKind.TooLarge => "too_large",
        PrometheusFailureKind.Malformed => "malformed",
        PrometheusFailureKind.Incomplete => "incomplete",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
