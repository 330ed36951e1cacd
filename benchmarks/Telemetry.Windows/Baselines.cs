using Telemetry.Collector.Prometheus;

namespace Telemetry.WindowBenchmark;

/// <summary>
/// What is commonly asked of Prometheus for a window, computed as Prometheus does (promql/functions.go, extrapolatedRate);
/// null where it gives no answer.
/// </summary>
internal static class Baselines
{
    /// <summary><c>query_range</c> of <c>rate(x[4 scrapes])</c> at every scrape interval from the start: its mean × seconds.</summary>
    public static double? RangeMean(WindowCase window)
    {
        var (start, finish) = Edges(window);
        var step = (long)(window.ScrapeInterval * 1000);
        var rates = new List<double>();
        for (var moment = start; moment <= finish; moment += step)
        {
            if (Increase(window.Samples, moment - 4 * step, moment) is { } increase)
                rates.Add(increase / (4 * window.ScrapeInterval));
        }

        return rates.Count == 0 ? null : rates.Average() * (finish - start) / 1000;
    }

    /// <summary><c>increase(x[length])</c> at the finish.</summary>
    public static double? Increase(WindowCase window)
    {
        var (start, finish) = Edges(window);
        return Increase(window.Samples, start, finish);
    }

    /// <summary>
    /// OpenCost's rule: a run lasts from one step before the first step (of a minute) that sees it to the last one, and used
    /// the mean rate over that time.
    /// </summary>
    public static double? OpenCost(WindowCase window)
    {
        const long step = 60_000;
        var (start, finish) = Edges(window);
        var (first, last) = ((start + step - 1) / step * step, finish / step * step);
        return first > last ? null : Increase(window.Samples, first - step, last);
    }

    private static (long Start, long Finish) Edges(WindowCase window) =>
        (window.Window.Start.ToUnixTimeMilliseconds(), window.Window.Finish.ToUnixTimeMilliseconds());

    private static double? Increase(Sample[] samples, long from, long to)
    {
        var inside = samples.Where(sample => sample.UnixMilliseconds >= from && sample.UnixMilliseconds <= to).ToArray();
        if (inside.Length < 2)
            return null;
        var (first, last) = (inside[0], inside[^1]);
        var increase = last.Value - first.Value;
        for (var i = 1; i < inside.Length; i++)
            increase += inside[i].Value < inside[i - 1].Value ? inside[i - 1].Value : 0;

        var toStart = (first.UnixMilliseconds - from) / 1000.0;
        var toEnd = (to - last.UnixMilliseconds) / 1000.0;
        var sampled = (last.UnixMilliseconds - first.UnixMilliseconds) / 1000.0;
        var between = sampled / (inside.Length - 1);
        if (increase > 0 && first.Value >= 0)
            toStart = Math.Min(toStart, sampled * (first.Value / increase));
        var limit = between * 1.1;
        var extended = sampled + (toStart < limit ? toStart : between / 2) + (toEnd < limit ? toEnd : between / 2);
        return increase * (extended / sampled);
    }
}
