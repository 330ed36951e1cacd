using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>
/// What Prometheus has about one run. Several metrics of the catalog may read the same series or look for the same target:
/// each series is taken once. For one run and one caller at a time.
/// </summary>
internal sealed class RunReader(
    SampleSpan span, MetricCatalog catalog, MeterRequest request, TimeSpan reach, TimeSpan longestGap, ILogger logger)
{
    private readonly IReadOnlyDictionary<string, string> _placeholders = Placeholders(request);
    private readonly Dictionary<string, IReadOnlyList<Series>> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<MetricTarget, TargetSearch> _targets = new(ReferenceEqualityComparer.Instance);
    private readonly List<ExplainedQuery> _queries = [];

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<ExplainedQuery> Queries => _queries;

    /// <summary>What the catalog's placeholders stand for in a run.</summary>
    public static IReadOnlyDictionary<string, string> Placeholders(MeterRequest request) =>
        new Dictionary<string, string>(request.Labels.DistinctBy(label => label.Key), StringComparer.Ordinal) { ["node"] = request.Node };

    /// <summary>The targets found, best first; or what was looked for.</summary>
    public async Task<PrometheusResult<TargetSearch>> FindAsync(MetricTarget target, CancellationToken cancellationToken)
    {
        if (_targets.TryGetValue(target, out var known))
            return PrometheusResult.Of(known);

        var search = new TargetSearch([], "");
        foreach (var template in target.Find)
        {
            if (!template.TryRender(_placeholders, out var selector, out var missing))
            {
                search = search with { LookedFor = search.LookedFor.Length > 0 ? search.LookedFor : $"{template}, and the run has no {missing}" };
                continue;
            }

            var series = await ReadAsync(template, selector, cancellationToken);
            if (!series.IsSuccess)
                return series.Failure;
            search = new TargetSearch(TargetRanking.Rank(target, series.Value, request.Window, longestGap), selector.ToString());
            if (search.Found.Count > 0)
                break;
        }

        if (search.Found.Count > 1)
            logger.SeveralTargets(request.Node, search.Found.Count, search.Found[0]);
        _targets.Add(target, search);
        return PrometheusResult.Of(search);
    }

    public async Task<PrometheusResult<MetricReading>> ReadAsync(
        MetricSource source, FoundTarget target, CancellationToken cancellationToken)
    {
        List<IReadOnlyList<Series>> terms = [];
        List<string> selectors = [];
        foreach (var term in source.Terms)
        {
            if (!term.Select.TryRender(_placeholders, out var selector, out _))
            {
                terms.Add([]);
                continue;
            }

            var restricted = target.Restrict(selector);
            selectors.Add(restricted.ToString());
            var series = await ReadAsync(null, restricted, cancellationToken);
            if (!series.IsSuccess)
                return series.Failure;
            terms.Add(Replicas.BestCovered(series.Value, catalog.ReplicaLabels, request.Window, longestGap));
        }

        return PrometheusResult.Of(new MetricReading(source, terms) { Target = target.ToString(), Selectors = selectors });
    }

    /// <param name="template">What the selector was made of where it is for the run alone; null where it was narrowed to a target since.</param>
    /// <param name="selector">What is read.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    private async Task<PrometheusResult<IReadOnlyList<Series>>> ReadAsync(
        SelectorTemplate? template, PrometheusSelector selector, CancellationToken cancellationToken)
    {
        var key = selector.ToString();
        if (_series.TryGetValue(key, out var known))
            return PrometheusResult.Of(known);
        var (from, to) = (request.Window.Start - reach, request.Window.Finish + reach);
        var result = template is null
            ? await span.ReadAsync(selector, from, to, cancellationToken)
            : await span.ReadAsync(template, _placeholders, selector, from, to, cancellationToken);
        if (!result.IsSuccess)
            return result;
        _series.Add(key, result.Value);
        _queries.Add(new ExplainedQuery(
            key, from.ToUniversalTime(), to.ToUniversalTime(), result.Value.Count, result.Value.Sum(series => series.Samples.Count)));
        return result;
    }
}
