using Microsoft.Extensions.Options;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Measures a node by what its node exporter left in Prometheus.</summary>
public sealed class NodeMeter(
    PrometheusReader reader,
    IOptions<PrometheusOptions> prometheusOptions,
    IOptions<MeasuringOptions> measuringOptions,
    ILogger<NodeMeter> logger) : INodeMeter
{
    private readonly TimeSpan _longestWindow = measuringOptions.Value.LongestWindow;
    private readonly TimeSpan _longestGap = WindowCoverage.LongestGap(prometheusOptions.Value.ScrapeInterval);

    // Far enough for the two samples on either side that a change point needs, even where a gap separates them.
    private readonly TimeSpan _bracket =
        WindowCoverage.LongestGap(prometheusOptions.Value.ScrapeInterval) + prometheusOptions.Value.ScrapeInterval * 2;

    public async Task<PrometheusResult<Measurement>> MeasureAsync(
        string node, TimeWindow window, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        if (window.Length > _longestWindow)
        {
            return NoData(
                $"The run lasted {window.Length:c}, longer than {_longestWindow:c}, the longest that is measured: " +
                $"raise {MeasuringOptions.SectionName}:LongestWindow for such runs to come.");
        }

        var unames = await ReadAsync(NodeTargets.Selector(node), window, cancellationToken);
        if (!unames.IsSuccess)
            return unames.Failure;

        var targets = NodeTargets.Rank(unames.Value, window, _longestGap);
        if (targets.Count == 0)
        {
            return NoData(
                $"{In(window)} has no {NodeTargets.Selector(node)}: " +
                "check that the node's exporter is scraped, and that the events name the node as its exporter does.");
        }

        if (targets.Count > 1)
            logger.SeveralTargets(node, targets.Count, targets[0]);
        return await MeasureAsync(targets[0], window, cancellationToken);
    }

    private async Task<PrometheusResult<Measurement>> MeasureAsync(
        NodeTarget target, TimeWindow window, CancellationToken cancellationToken)
    {
        List<MetricSummary> summaries = [];
        List<string> lacks = [];
        foreach (var metric in NodeMetrics.All)
        {
            List<IReadOnlyList<Series>> terms = [];
            foreach (var term in metric.Terms)
            {
                var series = await ReadAsync(target.Restrict(term.Selector), window, cancellationToken);
                if (!series.IsSuccess)
                    return series.Failure;
                terms.Add(series.Value);
            }

            if (MetricWindow.TrySummarize(metric, terms, window, _longestGap, out var summary, out var lack))
                summaries.Add(summary);
            else
                lacks.Add($"{metric.Name} {lack}");
        }

        if (summaries.Count == 0)
        {
            return NoData(
                $"{In(window)} has too little on {target}: {string.Join("; ", lacks)}. Check that it was scraped then, " +
                $"and that {PrometheusOptions.SectionName}:ScrapeInterval is not below the real one.");
        }

        foreach (var lack in lacks)
            logger.MetricWithoutData(target, window.Start, window.Finish, lack);
        return PrometheusResult.Of(new Measurement(summaries, null));
    }

    private Task<PrometheusResult<IReadOnlyList<Series>>> ReadAsync(
        PrometheusSelector selector, TimeWindow window, CancellationToken cancellationToken) =>
        reader.ReadAsync(selector, window.Start - _bracket, window.Finish + _bracket, cancellationToken);

    private string In(TimeWindow window) =>
        $"From {window.Start.UtcDateTime:O} to {window.Finish.UtcDateTime:O}, Prometheus at {reader.Address}";

    private static PrometheusResult<Measurement> NoData(string reason) => PrometheusResult.Of(Measurement.NoData(reason));
}
