using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>
/// The samples of one node over the time of several runs: each selector is asked for once, and every run gets its own part.
/// For one caller at a time.
/// </summary>
internal sealed class SampleSpan(PrometheusReader reader, DateTimeOffset from, DateTimeOffset to)
{
    private readonly Dictionary<string, IReadOnlyList<Series>> _series = new(StringComparer.Ordinal);

    /// <summary>Where it asks; user and password are masked.</summary>
    public string Address => reader.Address;

    /// <summary>The samples between two moments within the span.</summary>
    public async Task<PrometheusResult<IReadOnlyList<Series>>> ReadAsync(
        PrometheusSelector selector, DateTimeOffset first, DateTimeOffset last, CancellationToken cancellationToken)
    {
        var key = selector.ToString();
        if (!_series.TryGetValue(key, out var known))
        {
            var result = await reader.ReadAsync(selector, from, to, cancellationToken);
            if (!result.IsSuccess)
                return result;
            _series.Add(key, known = result.Value);
        }

        return PrometheusResult.Of(first <= from && last >= to ? known : Cut(known, first, last));
    }

    private static List<Series> Cut(IReadOnlyList<Series> series, DateTimeOffset first, DateTimeOffset last)
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
