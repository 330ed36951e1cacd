using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Prometheus;

/// <summary>
/// Reads raw samples of any span of time by as many queries as keep one answer small: a query covers at most
/// <see cref="ScrapesPerQuery"/> scrape intervals, and half of it again where the answer is too large. May be used from any thread.
/// </summary>
public sealed class PrometheusReader(PrometheusClient client, IOptions<PrometheusOptions> options)
{
    /// <summary>With the 640 CPU series of a 128-core node, one answer is then about 8 MB of JSON.</summary>
    internal const int ScrapesPerQuery = 480;

    // Below this, halving on would ask for next to nothing.
    private const int FewestScrapes = 4;

    private readonly TimeSpan _shortestRange =
        TimeSpan.FromMilliseconds(Math.Floor(options.Value.ScrapeInterval.TotalMilliseconds) * FewestScrapes);

    private readonly TimeSpan _longestRange =
        TimeSpan.FromMilliseconds(Math.Floor(options.Value.ScrapeInterval.TotalMilliseconds) * ScrapesPerQuery);

    /// <summary>Where it asks; user and password are masked.</summary>
    public string Address => client.Address;

    /// <summary>
    /// All raw samples of the selected series from <paramref name="from"/> to <paramref name="to"/>, in whole milliseconds.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<PrometheusResult<IReadOnlyList<Series>>> ReadAsync(
        PrometheusSelector selector, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);

        var joined = new SeriesJoin();
        // Whole milliseconds, so that no fraction is lost at the border of two queries. Prometheus 3 leaves out a range's first
        // moment, Prometheus 2 does not: start one earlier.
        var begin = DateTimeOffset.FromUnixTimeMilliseconds(from.ToUnixTimeMilliseconds() - 1);
        var last = DateTimeOffset.FromUnixTimeMilliseconds(to.ToUnixTimeMilliseconds());
        var range = _longestRange;
        do
        {
            var end = last - begin > range ? begin + range : last;
            var part = await client.QueryAsync(selector, end - begin, end, cancellationToken);
            if (part.Failure?.Kind is PrometheusFailureKind.TooLarge && end - begin > _shortestRange)
            {
                range = TimeSpan.FromMilliseconds(Math.Ceiling((end - begin).TotalMilliseconds / 2));
                continue;
            }

            // One answer that has it all needs no joining.
            if (!part.IsSuccess || (end == last && !joined.HasAny))
                return part;
            joined.Append(part.Value);
            begin = end;
        }
        while (begin < last);

        return PrometheusResult.Of(joined.ToSeries());
    }
}
