using System.Globalization;
using System.Text.Json;

namespace Telemetry.WindowBenchmark;

/// <summary>What is commonly asked of Prometheus for a window, asked of a real one; null where it gives no answer.</summary>
internal sealed class PrometheusBaselines(HttpClient http)
{
    /// <summary><c>query_range</c> of <c>rate(x[4 scrapes])</c> at every scrape interval from the start: its mean × seconds.</summary>
    public async Task<double?> RangeMeanAsync(string instance, WindowCase window)
    {
        var (start, finish) = Edges(window);
        var step = window.ScrapeInterval;
        var values = await ValuesAsync(
            $"api/v1/query_range?query={Escaped($"rate({Selector(instance)}[{Milliseconds(4 * step)}])")}" +
            $"&start={Text(start)}&end={Text(finish)}&step={Text(step)}");
        return values.Count == 0 ? null : values.Average() * (finish - start);
    }

    /// <summary><c>increase(x[length])</c> at the finish.</summary>
    public Task<double?> IncreaseAsync(string instance, WindowCase window)
    {
        var (start, finish) = Edges(window);
        return IncreaseAsync(instance, start, finish);
    }

    /// <summary>
    /// OpenCost's rule: a run lasts from one step before the first step (of a minute) that sees it to the last one, and used
    /// the mean rate over that time.
    /// </summary>
    public async Task<double?> OpenCostAsync(string instance, WindowCase window)
    {
        const double step = 60;
        var (start, finish) = Edges(window);
        var (first, last) = (Math.Ceiling(start / step) * step, Math.Floor(finish / step) * step);
        return first > last ? null : await IncreaseAsync(instance, first - step, last);
    }

    private async Task<double?> IncreaseAsync(string instance, double from, double to)
    {
        var values = await ValuesAsync(
            $"api/v1/query?query={Escaped($"increase({Selector(instance)}[{Milliseconds(to - from)}])")}&time={Text(to)}");
        return values.Count == 0 ? null : values[0];
    }

    private async Task<List<double>> ValuesAsync(string address)
    {
        await using var body = await http.GetStreamAsync(new Uri(address, UriKind.Relative));
        using var reply = await JsonDocument.ParseAsync(body);
        var series = reply.RootElement.GetProperty("data").GetProperty("result");
        if (series.GetArrayLength() == 0)
            return [];
        var pairs = series[0].TryGetProperty("values", out var many) ? many.EnumerateArray().ToArray() : [series[0].GetProperty("value")];
        return [.. pairs.Select(pair => double.Parse(pair[1].GetString()!, CultureInfo.InvariantCulture)).Where(double.IsFinite)];
    }

    private static (double Start, double Finish) Edges(WindowCase window) =>
        (window.Window.Start.ToUnixTimeMilliseconds() / 1000.0, window.Window.Finish.ToUnixTimeMilliseconds() / 1000.0);

    private static string Selector(string instance) => $"node_cpu_seconds_total{{instance=\"{instance}\"}}";

    private static string Milliseconds(double seconds) => $"{(long)Math.Round(seconds * 1000)}ms";

    private static string Escaped(string query) => Uri.EscapeDataString(query);

    private static string Text(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);
}
