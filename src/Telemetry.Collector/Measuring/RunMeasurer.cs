using Microsoft.Extensions.Options;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>
/// Measures the runs that the store says are due, several at once, and writes what came out. Keeps nothing of its own: after
/// a crash or a failure of the store the runs are still due, and measuring one twice leaves the same row.
/// </summary>
public sealed class RunMeasurer(
    IRunStore store,
    INodeMeter meter,
    MeasuringMetrics metrics,
    IOptions<MeasuringOptions> measuringOptions,
    IOptions<PrometheusOptions> prometheusOptions,
    TimeProvider timeProvider,
    Random random,
    ILogger<RunMeasurer> logger) : BackgroundService
{
    private readonly MeasuringOptions _options = measuringOptions.Value;
    private readonly TimeSpan _twoScrapes = prometheusOptions.Value.ScrapeInterval * 2;

    // By run id. Only the loop of ExecuteAsync touches it. Its tasks never fail.
    private readonly Dictionary<string, Task> _underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.SettleDelay < _twoScrapes)
            logger.SettleDelayTooShort(_options.SettleDelay, _twoScrapes);

        try
        {
            while (true)
            {
                await StartDueAsync(stoppingToken);
                // With every slot taken the next run can begin when one ends; otherwise there was nothing more to begin.
                if (_underWay.Count >= _options.MeasureConcurrency)
                    await Task.WhenAny(_underWay.Values).WaitAsync(stoppingToken);
                else
                    await Task.Delay(_options.PollInterval, timeProvider, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever broke while everything is being stopped, the runs stay due.
            await Task.WhenAll(_underWay.Values);
        }
    }

    private async Task StartDueAsync(CancellationToken stoppingToken)
    {
        // Before the store is asked, not after: a run that ends meanwhile may still be due in the answer, and only its place
        // in _underWay keeps it from being measured again.
        foreach (var ended in _underWay.Where(run => run.Value.IsCompleted).Select(run => run.Key).ToArray())
            _underWay.Remove(ended);

        IReadOnlyList<Run> due;
        try
        {
            // Runs under way are still due and may fill the answer, but only in so far as they fill the slots.
            due = await store.FindDueAsync(timeProvider.GetUtcNow(), _options.MeasureConcurrency, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            logger.StoreFailed(exception, _options.PollInterval);
            return;
        }

        var free = _options.MeasureConcurrency - _underWay.Count;
        foreach (var run in due.Where(run => !_underWay.ContainsKey(run.Id)).Take(free).ToArray())
            _underWay.Add(run.Id, Task.Run(() => ProcessAsync(run, stoppingToken), CancellationToken.None));
    }

    private async Task ProcessAsync(Run run, CancellationToken stoppingToken)
    {
        try
        {
            // Outside of the measurement: where the store fails, it is not the run that has to wait longer every time.
            var others = await FindOthersAsync(run, stoppingToken);
            await WriteAsync(run, await MeasureAsync(run, others, stoppingToken), stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The run keeps its slot meanwhile: with a store that does not write, the others would end here as well.
            logger.StoreFailed(exception, _options.RetryDelay);
            await Task.Delay(_options.RetryDelay, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The same here.
        }
    }

    /// <summary>The other runs that the node had in the time that the measurement looks at.</summary>
    private async Task<IReadOnlyList<TimeWindow>> FindOthersAsync(Run run, CancellationToken stoppingToken)
    {
        if (run is not { Node.Length: > 0, StartedAt: { } start, FinishedAt: { } finish })
            return [];
        // Senders' clocks may have put the ends in the wrong order.
        var to = (finish > start ? finish : start) + meter.Reach;
        var near = await store.FindOverlappingAsync(run.Node, new TimeWindow(start - meter.Reach, to), stoppingToken);
        return
        [
            .. near
                // A finish that has not come for so long will not come: that process is gone.
                .Where(other => other.Id != run.Id && (other.FinishedAt is not null || other.StartedAt > to - _options.LongestWindow))
                .Where(other => !(other.FinishedAt <= other.StartedAt))
                .Select(other => new TimeWindow(other.StartedAt!.Value, other.FinishedAt ?? to)),
        ];
    }

    /// <summary>The result, or the reason to try again.</summary>
    private async Task<(Measurement? Measurement, string Reason)> MeasureAsync(
        Run run, IReadOnlyList<TimeWindow> others, CancellationToken stoppingToken)
    {
        if (run is not { Node.Length: > 0, StartedAt: { } start, FinishedAt: { } finish })
            return (Measurement.NoData("The run's events name no node: send the node's name with them."), "");
        if (finish < start)
        {
            return (Measurement.NoData(
                $"The run finished at {finish.UtcDateTime:O}, before its start at {start.UtcDateTime:O}: " +
                "check the clocks of its senders."), "");
        }

        var began = timeProvider.GetTimestamp();
        try
        {
            var request = new MeterRequest(run.Node, new TimeWindow(start, finish)) { Labels = RunLabels.Of(run), Others = others };
            var result = await meter.MeasureAsync(request, stoppingToken);
            metrics.Tried(
                result.IsSuccess ? result.Value.NoDataReason is null ? "measured" : "no_data" : "failed",
                timeProvider.GetElapsedTime(began));
            if (result.IsSuccess)
                return (result.Value, "");
            metrics.PrometheusFailed(result.Failure.Kind);
            return (null, result.Failure.Reason);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            metrics.Tried("failed", timeProvider.GetElapsedTime(began));
            logger.MeterDefect(exception, run.Id);
            return (null, $"The Collector failed on this run: {exception.Message} Report it with the log entry of event 2206.");
        }
    }

    private async Task WriteAsync(Run run, (Measurement? Measurement, string Reason) result, CancellationToken stoppingToken)
    {
        if (result.Measurement is not { } measurement)
        {
            var delay = RetryBackoff.Delay(run.MeasureAttempts, _options.RetryDelay, _options.MaxRetryDelay, random.NextDouble());
            await store.PostponeAsync(run.Id, result.Reason, timeProvider.GetUtcNow() + delay, stoppingToken);
            logger.Postponed(run.Id, run.MeasureAttempts + 1, delay, result.Reason);
            return;
        }

        await store.SaveMeasurementAsync(run.Id, measurement, stoppingToken);
        if (measurement.NoDataReason is { } reason)
            logger.NoData(run.Id, run.Node, reason);
        else
            logger.Measured(run.Id, run.Node, measurement.Metrics.Count);
    }
}
