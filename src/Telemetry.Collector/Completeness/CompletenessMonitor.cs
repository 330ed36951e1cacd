using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Observability;
using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>
/// Judges all producers on a timer, for metrics and readiness: neither a scrape nor a probe costs the store anything. It also forgets
/// producers whose time is over.
/// </summary>
internal sealed class CompletenessMonitor : BackgroundService
{
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);

    private readonly CompletenessCheck _check;
    private readonly ICompletenessStore _store;
    private readonly CompletenessOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CompletenessMonitor> _logger;

    // Written by the timer, read by whichever thread collects.
    private volatile IReadOnlyList<ProducerCompleteness>? _producers;

    // The timer's own.
    private readonly HashSet<ProducerClassKey> _said = [];
    private DateTimeOffset _forgotAt;

    public CompletenessMonitor(
        CompletenessCheck check,
        ICompletenessStore store,
        IOptions<CompletenessOptions> options,
        IMeterFactory meters,
        TimeProvider time,
        ILogger<CompletenessMonitor> logger)
    {
        (_check, _store, _options, _time, _logger) = (check, store, options.Value, time, logger);
        var meter = meters.Create(CollectorMeter.Name);
        meter.CreateObservableGauge(
            "telemetry.collector.completeness.missing", () => ByClass(entry => entry.Missing), "{event}", "Events that nobody answers for, by delivery class.");
        meter.CreateObservableGauge(
            "telemetry.collector.completeness.in_flight", () => ByClass(entry => entry.InFlight), "{event}", "Reported events that may still come, by delivery class.");
        meter.CreateObservableGauge(
            "telemetry.collector.completeness.dropped",
            () => ByClass(entry => entry.Dropped.Sum(drop => drop.Count)), "{event}", "Events that producers gave up, by delivery class.");
        meter.CreateObservableGauge(
            "telemetry.collector.completeness.producers", ByState, "{producer}", "Producers' delivery classes, by state.");
    }

    /// <summary>The newest judgement; null before the first, and while the store does not answer.</summary>
    public IReadOnlyList<ProducerCompleteness>? Producers => _producers;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled)
            return;
        using var timer = new PeriodicTimer(_options.RefreshInterval, _time);
        do
        {
            try
            {
                await ForgetAsync(stoppingToken);
                var producers = await _check.JudgeAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, stoppingToken);
                Tell(producers);
                _producers = producers;
            }
            catch (Exception exception) when (exception is DbException or InvalidDataException)
            {
                _producers = null;
                _logger.NotJudged(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (now - _forgotAt < ForgetInterval)
            return;
        await _store.ForgetAsync(now - _options.Retention, cancellationToken);
        _forgotAt = now;
    }

    /// <summary>Says once of each class that events of it are missing.</summary>
    private void Tell(IReadOnlyList<ProducerCompleteness> producers)
    {
        foreach (var producer in producers)
        {
            foreach (var entry in producer.Classes)
            {
                var key = new ProducerClassKey(producer.Producer, entry.Delivery);
                if (entry.Missing == 0)
                    _said.Remove(key);
                else if (_said.Add(key))
                    _logger.Missing(entry.Missing, entry.Delivery, producer.Producer, producer.Report?.Source);
            }
        }
    }

    private IEnumerable<Measurement<long>> ByClass(Func<ClassCompleteness, long> count) =>
        _producers is not { } producers ? [] : Enum.GetValues<DeliveryClass>().Select(delivery => new Measurement<long>(
            producers.SelectMany(producer => producer.Classes).Where(entry => entry.Delivery == delivery).Sum(count),
            new KeyValuePair<string, object?>("delivery_class", DeliveryClassNames.Of(delivery))));

    private IEnumerable<Measurement<long>> ByState() =>
        _producers is not { } producers ? [] : Enum.GetValues<CompletenessState>().Select(state => new Measurement<long>(
            producers.SelectMany(producer => producer.Classes).LongCount(entry => entry.State == state),
            new KeyValuePair<string, object?>("state", CompletenessStateNames.Of(state))));
}
