using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>
/// The samples of one node over the time of several runs: each selector is asked for once, what is a run's own in one query for all of
/// them, and every run gets its own part. For one caller at a time.
/// </summary>
/// <param name="reader">Where the samples are.</param>
/// <param name="runs">The placeholders' values of each run.</param>
/// <param name="from">The first moment of all.</param>
/// <param name="to">The last moment of all.</param>
internal sealed class SampleSpan(
    PrometheusReader reader, IReadOnlyList<IReadOnlyDictionary<string, string>> runs, DateTimeOffset from, DateTimeOffset to)
{
    private readonly Dictionary<string, IReadOnlyList<Series>> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<SelectorTemplate, SharedSelector?> _shared = [];

    /// <summary>Where it asks; user and password are masked.</summary>
    public string Address => reader.Address;

    /// <summary>What a template selects for one of the runs, between two moments within the span.</summary>
    /// <param name="template">The template.</param>
    /// <param name="run">The run's values of the placeholders, which the template can be rendered with.</param>
    /// <param name="selector">The template with these values.</param>
    /// <param name="first">The first moment.</param>
    /// <param name="last">The last moment.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<PrometheusResult<IReadOnlyList<Series>>> ReadAsync(
        SelectorTemplate template, IReadOnlyDictionary<string, string> run, PrometheusSelector selector, DateTimeOffset first, DateTimeOffset last,
        CancellationToken cancellationToken)
    {
        if (!_shared.TryGetValue(template, out var shared))
            _shared.Add(template, shared = runs.Count < 2 ? null : template.RenderAny(runs));
        if (shared is null)
            return await ReadAsync(selector, first, last, cancellationToken);
        var result = await FindAsync(shared.Selector, cancellationToken);
        if (!result.IsSuccess)
            return result;
        var own = shared.ValueOf(run);
        return PrometheusResult.Of<IReadOnlyList<Series>>(Cut(result.Value.Where(series => series.Label(shared.Label) == own), first, last));
    }

    /// <summary>The samples between two moments within the span.</summary>
    public async Task<PrometheusResult<IReadOnlyList<Series>>> ReadAsync(
        PrometheusSelector selector, DateTimeOffset first, DateTimeOffset last, CancellationToken cancellationToken)
    {
        var result = await FindAsync(selector, cancellationToken);
        return !result.IsSuccess || (first <= from && last >= to) ? result
            : PrometheusResult.Of<IReadOnlyList<Series>>(Cut(result.Value, first, last));
    }

    private async Task<PrometheusResult<IReadOnlyList<Series>>> FindAsync(PrometheusSelector selector, CancellationToken cancellationToken)
    {
        var key = selector.ToString();
        if (_series.TryGetValue(key, out var known))
            return PrometheusResult.Of(known);
        var result = await reader.ReadAsync(selector, from, to, cancellationToken);
        if (result.IsSuccess)
            _series.Add(key, result.Value);
        return result;
    }

    private static List<Series> Cut(IEnumerable<Series> series, DateTimeOffset first, DateTimeOffset last)
    {
        var (from, to) = (first.ToUnixTimeMilliseconds(), last.ToUnixTimeMilliseconds());
        List<Series> cut = [];
        foreach (var one in series)
        {
            var begin = FirstAtOrAfter(one.Samples, from);
            var end = FirstAtOrAfter(one.Samples, to + 1);
            if (begin == end)
                continue;
            var samples = new Sample[end - begin];
            for (var i = begin; i < end; i++)
                samples[i - begin] = one.Samples[i];
            cut.Add(one with { Samples = samples });
        }

        return cut;
    }

    private static int FirstAtOrAfter(IReadOnlyList<Sample> samples, long moment)
    {
        var (low, high) = (0, samples.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (samples[middle].UnixMilliseconds < moment)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
