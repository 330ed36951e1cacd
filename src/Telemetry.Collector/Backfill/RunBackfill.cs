using Microsoft.Extensions.Options;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Backfill;

/// <summary>
/// Measures stored runs again, as far as Prometheus still has their samples. What it no longer has is left as it was.
/// </summary>
internal sealed class RunBackfill(
    IRunStore store,
    INodeMeter meter,
    MeasuringMetrics metrics,
    IOptions<MeasuringOptions> measuringOptions,
    IOptions<PrometheusOptions> prometheusOptions,
    TimeProvider time,
    ILogger<RunMeasurer> logger)
{
    private const int PageSize = 1000;

    public async Task<BackfillResult> RunAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var measurement = new BatchMeasurement(store, meter, metrics, measuringOptions, time, logger);
        var total = new BackfillResult(0, 0, 0, null);
        string? last = null;
        while (await store.FindMeasuredAsync(from, to, last, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            last = page[^1].Id;
            var batches = RunBatch.Of(page, meter.Reach, prometheusOptions.Value.ScrapeInterval * PrometheusReader.ScrapesPerQuery);
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = measuringOptions.Value.MeasureConcurrency, CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(batches, parallel, async (batch, stopping) =>
            {
                var outcomes = await measurement.MeasureAsync(batch.Runs, _ => MeasurementStage.Backfill, stopping);
                await SaveAsync(outcomes, stopping);
                var revised = await CountRevisedAsync(batch.Runs, stopping);
                var failures = outcomes.Where(outcome => !outcome.Result.IsSuccess).ToList();
                lock (measurement)
                {
                    total = new BackfillResult(
                        total.Runs + outcomes.Count, total.Revised + revised, total.Failed + failures.Count,
                        total.Failure ?? failures.FirstOrDefault()?.Result.Failure!.Reason);
                }
            });
        }

        return total;
    }

    private Task SaveAsync(IReadOnlyList<MeasureOutcome> outcomes, CancellationToken cancellationToken) => store.SaveMeasurementsAsync(
        [.. outcomes.Where(outcome => outcome.Result.IsSuccess).Select(outcome => new RunMeasurement(outcome.Run.Id, outcome.Result.Value!))],
        cancellationToken);

    private async Task<int> CountRevisedAsync(IReadOnlyList<Run> before, CancellationToken cancellationToken)
    {
        var revised = 0;
        foreach (var run in before)
        {
            if ((await store.GetAsync(run.Id, cancellationToken))?.Revision != run.Revision)
                revised++;
        }

        return revised;
    }
}
