using Microsoft.Extensions.Options;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Measures the runs of a batch and says what is to be written. Keeps nothing; may be used from any thread.</summary>
internal sealed class BatchMeasurement(
    IRunStore store,
    INodeMeter meter,
    MeasuringMetrics metrics,
    IOptions<MeasuringOptions> measuringOptions,
    TimeProvider timeProvider,
    ILogger<RunMeasurer> logger)
{
    private readonly MeasuringOptions _options = measuringOptions.Value;

    /// <summary>One outcome for each run, in their order.</summary>
    /// <param name="runs">Of one node, or a single one.</param>
    /// <param name="stage">What each run is measured for.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <exception cref="System.Data.Common.DbException">The store failed.</exception>
    public async Task<IReadOnlyList<MeasureOutcome>> MeasureAsync(
        IReadOnlyList<Run> runs, Func<Run, MeasurementStage> stage, CancellationToken cancellationToken)
    {
        var outcomes = new MeasureOutcome?[runs.Count];
        List<(int Index, TimeWindow Window)> windows = [];
        for (var i = 0; i < runs.Count; i++)
        {
            if (stage(runs[i]) is MeasurementStage.Orphan)
                outcomes[i] = new MeasureOutcome(runs[i], await CloseAsync(runs[i], cancellationToken));
            else if (WithoutWindow(runs[i]) is { } reason)
                outcomes[i] = new MeasureOutcome(runs[i], PrometheusResult.Of(Measurement.NoData(reason)));
            else
                windows.Add((i, new TimeWindow(runs[i].StartedAt!.Value, runs[i].EndedAt!.Value)));
        }

        var results = windows.Count == 0 ? [] : await MeasureAsync(
            [.. windows.Select(one => (runs[one.Index], one.Window))], cancellationToken);
        for (var i = 0; i < results.Count; i++)
            outcomes[windows[i].Index] = new MeasureOutcome(runs[windows[i].Index], results[i]);
        return [.. outcomes.Select(outcome => outcome! with { Result = Stamped(outcome, stage(outcome.Run)) })];
    }

    private PrometheusResult<Measurement> Stamped(MeasureOutcome outcome, MeasurementStage stage)
    {
        if (!outcome.Result.IsSuccess)
            return outcome.Result;
        var (run, measurement) = (outcome.Run, outcome.Result.Value);
        return PrometheusResult.Of(measurement with
        {
            Stage = stage,
            MeasuredAt = timeProvider.GetUtcNow(),
            Window = measurement.Window ?? (run is { StartedAt: { } start, EndedAt: { } end } && end >= start ? new TimeWindow(start, end) : null),
        });
    }

    private static string? WithoutWindow(Run run) => run switch
    {
        not { Node.Length: > 0, StartedAt: not null, EndedAt: not null } => "The run's events name no node: send the node's name with them.",
        { StartedAt: { } start, EndedAt: { } end } when end < start =>
            $"The run finished at {end.UtcDateTime:O}, before its start at {start.UtcDateTime:O}: check the clocks of its senders.",
        _ => null,
    };

    private async Task<PrometheusResult<Measurement>> CloseAsync(Run run, CancellationToken cancellationToken)
    {
        var limit = _options.OrphanAfter;
        if (run.StartedAt is not { } start)
            return PrometheusResult.Of(OrphanFigures.NoStart(limit));
        if (run.Node is not { Length: > 0 } node)
            return PrometheusResult.Of(OrphanFigures.NoNode(limit));

        var request = new MeterRequest(node, new TimeWindow(start, start + limit)) { Labels = RunLabels.Of(run) };
        var evidence = await meter.FindLastSampleAsync(request, cancellationToken);
        if (!evidence.IsSuccess)
            return evidence.Failure;
        if (evidence.Value.At is not { } end)
            return PrometheusResult.Of(OrphanFigures.NoFinish(limit));
        var window = new TimeWindow(start, end);
        var result = (await MeasureAsync([(run, window)], cancellationToken))[0];
        return result.IsSuccess
            ? PrometheusResult.Of(OrphanFigures.UpTo(evidence.Value, result.Value, limit) with { Window = window })
            : result;
    }

    private async Task<IReadOnlyList<PrometheusResult<Measurement>>> MeasureAsync(
        IReadOnlyList<(Run Run, TimeWindow Window)> runs, CancellationToken cancellationToken)
    {
        // Outside of the measurement: where the store fails, it is not the run that has to wait longer every time.
        var span = new TimeWindow(runs.Min(one => one.Window.Start) - meter.Reach, runs.Max(one => one.Window.Finish) + meter.Reach);
        var near = await store.FindOverlappingAsync(runs[0].Run.Node!, span, cancellationToken);
        var requests = runs.Select(one => new MeterRequest(one.Run.Node!, one.Window)
        {
            Labels = RunLabels.Of(one.Run),
            Others = Others(one.Run, one.Window, near),
        }).ToArray();

        var began = timeProvider.GetTimestamp();
        try
        {
            var results = await meter.MeasureAsync(requests, cancellationToken);
            foreach (var result in results)
                Count(result, timeProvider.GetElapsedTime(began) / results.Count);
            return results;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Which of them it was, only each alone can tell.
            if (runs.Count > 1)
            {
                List<PrometheusResult<Measurement>> alone = [];
                foreach (var one in runs)
                    alone.Add((await MeasureAsync([one], cancellationToken))[0]);
                return alone;
            }

            metrics.Tried("failed", timeProvider.GetElapsedTime(began));
            logger.MeterDefect(exception, runs[0].Run.Id);
            return [new PrometheusFailure(
                PrometheusFailureKind.Malformed,
                $"The Collector failed on this run: {exception.Message} Report it with the log entry of event 2206.")];
        }
    }

    private void Count(PrometheusResult<Measurement> result, TimeSpan duration)
    {
        metrics.Tried(result.IsSuccess ? result.Value.NoDataReason is null ? "measured" : "no_data" : "failed", duration);
        if (!result.IsSuccess)
            metrics.PrometheusFailed(result.Failure.Kind);
    }

    /// <summary>The other runs that the node had in the time that the measurement looks at.</summary>
    private IReadOnlyList<TimeWindow> Others(Run run, TimeWindow window, IReadOnlyList<RunTime> near)
    {
        var (from, to) = (window.Start - meter.Reach, window.Finish + meter.Reach);
        return
        [
            .. near
                .Where(other => other.Id != run.Id && other.StartedAt < to && !(other.EndedAt <= from) && !(other.EndedAt <= other.StartedAt))
                // A finish that has not come for so long will not come: that process is gone.
                .Where(other => other.EndedAt is not null || other.StartedAt > to - _options.LongestWindow)
                .Select(other => new TimeWindow(other.StartedAt, other.EndedAt ?? (to > other.StartedAt ? to : other.StartedAt))),
        ];
    }
}
