using Microsoft.Extensions.Options;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Measuring;

/// <summary>
/// Measures the runs that the store says are due, several at once, and writes what came out. Keeps nothing of its own: after
/// a crash or a failure of the store the runs are still due, and measuring one twice leaves the same row.
/// </summary>
public sealed class RunMeasurer : BackgroundService
{
    private readonly IRunStore _store;
    private readonly MeasuringMetrics _metrics;
    private readonly MeasuringOptions _options;
    private readonly RunSchedule _schedule;
    private readonly TimeSpan _scrapeInterval;
    private readonly BatchMeasurement _measurement;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<RunMeasurer> _logger;

    // Only the loop of ExecuteAsync touches these. The tasks never fail.
    private readonly DueRuns _due;
    private readonly Dictionary<Task, RunBatch> _underWay = [];

    public RunMeasurer(
        IRunStore store,
        INodeMeter meter,
        MeasuringMetrics metrics,
        IOptions<MeasuringOptions> measuringOptions,
        IOptions<PrometheusOptions> prometheusOptions,
        TimeProvider timeProvider,
        Random random,
        ILogger<RunMeasurer> logger)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(measuringOptions);
        ArgumentNullException.ThrowIfNull(prometheusOptions);
        (_store, _metrics, _time, _random, _logger) = (store, metrics, timeProvider, random, logger);
        (_options, _schedule) = (measuringOptions.Value, measuringOptions.Value.Schedule);
        _scrapeInterval = prometheusOptions.Value.ScrapeInterval;
        _due = new DueRuns(store, meter.Reach, measuringOptions, prometheusOptions, timeProvider);
        _measurement = new BatchMeasurement(store, meter, metrics, measuringOptions, timeProvider, logger);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.SettleDelay < _scrapeInterval * 2)
            _logger.SettleDelayTooShort(_options.SettleDelay, _scrapeInterval * 2);

        try
        {
            while (true)
            {
                await StartDueAsync(stoppingToken);
                // With every slot taken the next batch can begin when one ends; otherwise there was nothing more to begin.
                if (_underWay.Count >= _options.MeasureConcurrency)
                    await Task.WhenAny(_underWay.Keys).WaitAsync(stoppingToken);
                else
                    await Task.Delay(_due.UntilNextLook, _time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever broke while everything is being stopped, the runs stay due.
            await Task.WhenAll(_underWay.Keys);
        }
    }

    private async Task StartDueAsync(CancellationToken stoppingToken)
    {
        // Before the store is asked, not after: a run that ends meanwhile may still be due in the answer, and only its place
        // in _underWay keeps it from being measured again.
        foreach (var ended in _underWay.Keys.Where(task => task.IsCompleted).ToArray())
            _underWay.Remove(ended);

        try
        {
            await _due.LookAsync(_underWay.Values.SelectMany(batch => batch.Runs).Select(run => run.Id), stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            _logger.StoreFailed(exception, _options.PollInterval);
            return;
        }

        while (_underWay.Count < _options.MeasureConcurrency && _due.Take() is { } batch)
            _underWay.Add(Task.Run(() => ProcessAsync(batch, stoppingToken), CancellationToken.None), batch);
        _metrics.Waiting(_due.Count);
    }

    private async Task ProcessAsync(RunBatch batch, CancellationToken stoppingToken)
    {
        try
        {
            var now = _time.GetUtcNow();
            var outcomes = await _measurement.MeasureAsync(
                batch.Runs, run => _schedule.StageAt(run, now) ?? MeasurementStage.Final, stoppingToken);
            await WriteAsync(outcomes, now, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The runs keep their slot meanwhile: with a store that does not write, the others would end here as well.
            _logger.StoreFailed(exception, _options.RetryDelay);
            await Task.Delay(_options.RetryDelay, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The same here.
        }
    }

    private async Task WriteAsync(IReadOnlyList<MeasureOutcome> outcomes, DateTimeOffset now, CancellationToken stoppingToken)
    {
        List<RunMeasurement> saved = [];
        foreach (var (run, result) in outcomes)
        {
            if (result.IsSuccess)
            {
                saved.Add(new RunMeasurement(run.Id, result.Value));
            }
            else if (_schedule.StageAt(run, now) is MeasurementStage.Provisional)
            {
                // The final measurement is due soon; nothing is lost.
                saved.Add(new RunMeasurement(run.Id, Measurement.NoData(result.Failure.Reason) with { Stage = MeasurementStage.Provisional }));
            }
            else
            {
                var delay = RetryBackoff.Delay(run.MeasureAttempts, _options.RetryDelay, _options.MaxRetryDelay, _random.NextDouble());
                await _store.PostponeAsync(run.Id, result.Failure.Reason, _time.GetUtcNow() + delay, stoppingToken);
                _logger.Postponed(run.Id, run.MeasureAttempts + 1, delay, result.Failure.Reason);
            }
        }

        if (saved.Count > 0)
            await _store.SaveMeasurementsAsync(saved, stoppingToken);
        foreach (var (run, result) in outcomes.Where(outcome => outcome.Result.IsSuccess))
            Log(run, result.Value!);
    }

    private void Log(Run run, Measurement measurement)
    {
        if (measurement.Stage is MeasurementStage.Orphan)
            _logger.Orphaned(run.Id, run.Node, measurement.Remark ?? measurement.NoDataReason ?? "");
        else if (measurement.NoDataReason is not { } reason)
            _logger.Measured(run.Id, run.Node, measurement.Stage, measurement.Metrics.Count);
        else if (measurement.Stage is MeasurementStage.Final)
            _logger.NoData(run.Id, run.Node, reason);
    }
}
