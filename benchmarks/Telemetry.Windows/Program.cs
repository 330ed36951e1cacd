using System.Diagnostics;
using Telemetry.WindowBenchmark;

if (args is ["prometheus", ..])
{
    await PrometheusTable.WriteAsync(args.Length > 1 ? int.Parse(args[1], null) : 300, args.Length > 2 ? args[2] : "");
    return;
}

if (args is ["throughput", ..])
{
    Console.WriteLine("| runs | due | open besides | time | runs/s | CPU a run: Collector | Prometheus | both | heap before | highest | heap after |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
    var runs = args.Length > 1 ? int.Parse(args[1], null) : 5000;
    foreach (var (open, perSecond) in new (int, int?)[] { (0, null), (100_000, null), (100_000, 200) })
        await ThroughputRun.MeasureAsync(runs, open, perSecond);
    return;
}

var cases = args.Length > 0 ? int.Parse(args[0], null) : 2000;
Console.WriteLine("| scenario | node: error | in bounds | width | own: error | in bounds | width | query_range mean | increase | OpenCost |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
var watch = Stopwatch.StartNew();
foreach (var scenario in Scenario.All)
{
    var result = ScenarioResult.Of(scenario, cases, seed: 1);
    Console.WriteLine(
        $"| {result.Name} | {Percent(result.Node.MedianError)} | {Percent(result.Node.Contained)} | {Percent(result.Node.MedianWidth)} " +
        $"| {Percent(result.Own.MedianError)} | {Percent(result.Own.Contained)} | {Percent(result.Own.MedianWidth)} " +
        $"| {Percent(result.RangeMean)} | {Percent(result.Increase)} | {Percent(result.OpenCost)} |");
}

Console.WriteLine($"\n{cases} cases a scenario, {watch.Elapsed.TotalSeconds:0.0} s.");

static string Percent(double? share) => share is { } value ? $"{value * 100:0.##} %" : "none";
