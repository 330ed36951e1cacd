using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;
using Telemetry.IntegrationTests.Prometheus;

namespace Telemetry.WindowBenchmark;

/// <summary>The table on a real Prometheus: every case is a node of its own, measured as the Collector does it.</summary>
internal static class PrometheusTable
{
    public static async Task WriteAsync(int cases, string scenarios)
    {
        var drawn = Scenario.All.Where(scenario => scenario.Name.StartsWith(scenarios, StringComparison.Ordinal)).Select(scenario =>
        {
            var generator = new CaseGenerator(scenario, seed: 1);
            return (scenario.Name, Cases: Enumerable.Range(0, cases).Select(_ => generator.Next()).ToArray());
        }).ToArray();
        await using var server = await PrometheusServer.StartAsync(writer => Write(writer, drawn.SelectMany(one => one.Cases)));
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        var baselines = new PrometheusBaselines(http);
        Console.WriteLine("| scenario | cases | node: error | in bounds | own: error | in bounds | query_range mean | increase | OpenCost |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var node = 0;
        foreach (var (name, windows) in drawn)
        {
            var results = new (Estimate Node, Estimate Own, double? Mean, double? Increase, double? OpenCost)[windows.Length];
            var first = node;
            await Parallel.ForAsync(0, windows.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, _) =>
            {
                var instance = $"c{first + i}";
                var (whole, own) = await MeasureAsync(server.Url, instance, windows[i]);
                results[i] = (
                    whole, own, await baselines.RangeMeanAsync(instance, windows[i]), await baselines.IncreaseAsync(instance, windows[i]),
                    await baselines.OpenCostAsync(instance, windows[i]));
            });
            node += windows.Length;
            var ofNode = MethodResult.Of([.. results.Zip(windows, (result, window) => (result.Node, window.Truth))]);
            var ofRun = MethodResult.Of([.. results.Zip(windows, (result, window) => (result.Own, window.OwnTruth))]);
            Console.WriteLine(
                $"| {name} | {windows.Length} | {Percent(ofNode.MedianError)} | {Percent(ofNode.Contained)} | {Percent(ofRun.MedianError)} " +
                $"| {Percent(ofRun.Contained)} | {Percent(Median(results.Select(one => one.Mean)))} " +
                $"| {Percent(Median(results.Select(one => one.Increase)))} | {Percent(Median(results.Select(one => one.OpenCost)))} |");

            // Half of the cases without an answer is no answer.
            double? Median(IEnumerable<double?> values)
            {
                var errors = values.Zip(windows, (value, window) =>
                    value is { } known ? Math.Abs(known - window.Truth) / window.Truth : double.PositiveInfinity).Order().ToArray();
                return double.IsFinite(errors[errors.Length / 2]) ? errors[errors.Length / 2] : null;
            }
        }
    }

    private static async Task<(Estimate Node, Estimate Own)> MeasureAsync(string url, string node, WindowCase window)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PROMETHEUS_URL"] = url,
            ["Collector:Prometheus:ScrapeInterval"] = TimeSpan.FromSeconds(window.ScrapeInterval).ToString("c"),
            ["Collector:Measuring:CatalogPath"] = Path.Combine(AppContext.BaseDirectory, "metrics.json"),
        }).Build();
        await using var services = new ServiceCollection().AddLogging()
            .AddPrometheus(configuration).AddMeasuring(configuration).BuildServiceProvider();
        var start = window.Window.Start;
        var result = await services.GetRequiredService<INodeMeter>().MeasureAsync(
            new MeterRequest(node, window.Window)
            {
                Others = [.. window.Others.Select(other => new TimeWindow(start.AddSeconds(other.Start), start.AddSeconds(other.Finish)))],
            },
            CancellationToken.None);
        var values = result.Value?.Values ?? throw new InvalidOperationException(result.Failure!.Reason);
        return (Of("integral"), Of("own"));

        // Nothing is known: no error is as large as this, and every truth is within.
        Estimate Of(string aggregation) => values.SingleOrDefault(value => value.Aggregation == aggregation) is { Value: { } known } value
            ? new Estimate(known, value.Lo!.Value, value.Hi, value.Method)
            : new Estimate(double.PositiveInfinity, 0, null, WindowMethod.None);
    }

    private static void Write(TextWriter writer, IEnumerable<WindowCase> windows)
    {
        foreach (var (window, index) in windows.Select((window, index) => (window, index)))
        {
            foreach (var sample in window.Samples)
            {
                var time = (sample.UnixMilliseconds / 1000m).ToString("F3", CultureInfo.InvariantCulture);
                writer.Write($"node_uname_info{{instance=\"c{index}\",nodename=\"c{index}\"}} 1 {time}\n");
            }

            foreach (var sample in window.Samples)
            {
                var time = (sample.UnixMilliseconds / 1000m).ToString("F3", CultureInfo.InvariantCulture);
                writer.Write($"node_cpu_seconds_total{{instance=\"c{index}\"}} {sample.Value.ToString("R", CultureInfo.InvariantCulture)} {time}\n");
            }
        }

        writer.Write("# EOF\n");
    }

    private static string Percent(double? share) => share is { } value ? $"{value * 100:0.##} %" : "none";
}
