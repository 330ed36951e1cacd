using Microsoft.Extensions.Options;
using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Measures a run by what the exporters of its node left in Prometheus, as the metric catalog says.</summary>
public sealed class NodeMeter(
    PrometheusReader reader,
    MetricCatalog catalog,
    IOptions<PrometheusOptions> prometheusOptions,
    IOptions<MeasuringOptions> measuringOptions,
    ILogger<NodeMeter> logger) : INodeMeter
{
    // Scrapes around the window beyond a gap: two for the change point, the rest to see how much the rates outside move.
    private const int ScrapesOutside = 12;

    private readonly TimeSpan _longestWindow = measuringOptions.Value.LongestWindow;
    private readonly TimeSpan _scrapeInterval = prometheusOptions.Value.ScrapeInterval;
    private readonly TimeSpan _longestGap = WindowCoverage.LongestGap(prometheusOptions.Value.ScrapeInterval);

    public TimeSpan Reach { get; } =
        WindowCoverage.LongestGap(prometheusOptions.Value.ScrapeInterval) + prometheusOptions.Value.ScrapeInterval * ScrapesOutside;

    public async Task<IReadOnlyList<PrometheusResult<Measurement>>> MeasureAsync(
        IReadOnlyList<MeterRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (requests.Any(request => request.Node != requests[0].Node))
            throw new ArgumentException("The requests name several nodes.", nameof(requests));
        var measurable = requests.Where(request => request.Window.Length <= _longestWindow).ToList();
        var span = measurable.Count == 0 ? null : new SampleSpan(
            reader,
            [.. measurable.Select(RunReader.Placeholders)],
            measurable.Min(request => request.Window.Start) - Reach,
            measurable.Max(request => request.Window.Finish) + Reach);
        var results = new List<PrometheusResult<Measurement>>(requests.Count);
        foreach (var request in requests)
            results.Add(await MeasureAsync(request, span!, cancellationToken));
        return results;
    }

    public async Task<PrometheusResult<RunEvidence>> FindLastSampleAsync(MeterRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (start, finish) = (request.Window.Start, request.Window.Finish);
        var span = new SampleSpan(reader, [RunReader.Placeholders(request)], start - Reach, finish + Reach);
        var run = new RunReader(span, catalog, request, Reach, _longestGap, logger);
        var targets = catalog.Metrics.SelectMany(metric => metric.Sources).Select(source => source.Target).Distinct();
        foreach (var target in targets.OrderByDescending(target => target.Scope))
        {
            var search = await run.FindAsync(target, cancellationToken);
            if (!search.IsSuccess)
                return search.Failure;
            var last = search.Value.Found.Select(found => found.LastSeen).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
            if (last >= start)
            {
                return PrometheusResult.Of(new RunEvidence(
                    last < finish ? last : finish, target.Scope is MetricScope.Run ? RunEvidence.Pod : RunEvidence.Node));
            }
        }

        return PrometheusResult.Of(new RunEvidence(null, RunEvidence.Node));
    }

    private async Task<PrometheusResult<Measurement>> MeasureAsync(MeterRequest request, SampleSpan span, CancellationToken cancellationToken)
    {
        if (request.Window.Length > _longestWindow)
        {
            return NoData(
                $"The run lasted {request.Window.Length:c}, longer than {_longestWindow:c}, the longest that is measured: " +
                $"raise {MeasuringOptions.SectionName}:LongestWindow for such runs to come.");
        }

        var run = new RunReader(span, catalog, request, Reach, _longestGap, logger);
        var window = new MetricWindow(request, _scrapeInterval);
        List<MetricResult> results = [];
        List<ExplainedMetric> explained = [];
        List<string> lacks = [];
        foreach (var metric in catalog.Metrics)
        {
            var measured = await MeasureAsync(metric, run, window, cancellationToken);
            if (!measured.IsSuccess)
                return measured.Failure;
            if (measured.Value.State is ValueState.NoData && metric.IsOptional)
                continue;
            results.Add(measured.Value);
            explained.Add(measured.Value.Explain(metric.Name));
            if (measured.Value.Lack is { } lack)
                lacks.Add($"{metric.Name} {lack}");
        }

        var explanation = new MeasurementExplanation(request.Others.Count, run.Queries, explained);
        if (results.TrueForAll(result => result.State is ValueState.NoData))
        {
            var nothing = await NothingAsync(run, request, lacks, cancellationToken);
            return nothing.IsSuccess ? PrometheusResult.Of(nothing.Value with { Explanation = explanation }) : nothing;
        }

        foreach (var lack in lacks)
            logger.MetricWithoutData(request.Node, request.Window.Start, request.Window.Finish, lack);
        return PrometheusResult.Of(new Measurement([.. results.Select(result => result.Summary).OfType<MetricSummary>()], null)
        {
            Values = [.. results.SelectMany(result => result.Values)],
            Explanation = explanation,
        });
    }

    /// <summary>The first source that is measured in full, else the first of those with the most.</summary>
    private static async Task<PrometheusResult<MetricResult>> MeasureAsync(
        MetricDefinition metric, RunReader run, MetricWindow window, CancellationToken cancellationToken)
    {
        MetricResult? best = null;
        foreach (var source in metric.Sources)
        {
            var search = await run.FindAsync(source.Target, cancellationToken);
            if (!search.IsSuccess)
                return search.Failure;

            MetricResult result;
            if (search.Value.Found is [var target, ..])
            {
                var reading = await run.ReadAsync(source, target, cancellationToken);
                if (!reading.IsSuccess)
                    return reading.Failure;
                result = window.Summarize(metric, reading.Value) with { Reading = reading.Value };
            }
            else
            {
                result = MetricWindow.NoData(metric, 0, $"has no {search.Value.LookedFor}");
            }

            if (best is null || result.State < best.State)
                best = result;
            if (result.State is ValueState.Measured)
                break;
        }

        return PrometheusResult.Of(best!);
    }

    private async Task<PrometheusResult<Measurement>> NothingAsync(
        RunReader run, MeterRequest request, List<string> lacks, CancellationToken cancellationToken)
    {
        var (start, finish) = (request.Window.Start.UtcDateTime, request.Window.Finish.UtcDateTime);
        var where = $"From {start:O} to {finish:O}, Prometheus at {reader.Address}";
        var target = catalog.Metrics.First(metric => !metric.IsOptional || lacks.Count == 0).Sources[0].Target;
        var search = await run.FindAsync(target, cancellationToken);
        if (!search.IsSuccess)
            return search.Failure;
        return search.Value.Found is [var found, ..]
            ? NoData(
                $"{where} has too little on {found}: {string.Join("; ", lacks)}. Check that it was scraped then, " +
                $"and that {PrometheusOptions.SectionName}:ScrapeInterval is not below the real one.")
            : NoData(
                $"{where} has no {search.Value.LookedFor}: " +
                "check that the node's exporter is scraped, and that the events name the node as its exporter does.");
    }

    private static PrometheusResult<Measurement> NoData(string reason) => PrometheusResult.Of(Measurement.NoData(reason));
}
