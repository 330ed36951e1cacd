using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Telemetry.QuotaLoad.Http;

/// <summary>
/// Decisions over HTTP beside an empty endpoint of the same server in the same process, by <c>wrk</c>, in turns. The machine's cores are shared
/// by all three: only the ratios of one run mean something.
/// </summary>
internal static class HttpBenchmark
{
    private const int BatchSize = 100;
    private const int WarmUpSeconds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        var (rounds, seconds, connections) = (Option(args, "--rounds", 5), Option(args, "--seconds", 5), Option(args, "--connections", 64));
        await using var quotas = await QuotaHost.StartAsync(users: 1000);
        await using var empty = await StartEmptyAsync();

        var batch = string.Join(',', Enumerable.Range(0, BatchSize).Select(i => $$"""{"user":"{{QuotaHost.UserOf(i)}}","resource":"gpu","amount":1.5}"""));
        var user = $"{quotas.Address}/v1/quotas/{QuotaHost.UserOf(7)}/gpu";
        WrkTarget[] targets =
        [
            new("empty", empty.Urls.First() + "/", null),
            new("GET balance", user, null),
            new("POST check", user + "/check", """{"amount":1.5}"""),
            new($"POST check of {BatchSize}", $"{quotas.Address}/v1/quotas/check", $$"""{"checks":[{{batch}}]}"""),
        ];
        Console.WriteLine(
            $"wrk -c{connections}, {rounds} rounds of {seconds} s, {Environment.ProcessorCount} cores shared by server and wrk, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        foreach (var target in targets)
            await Wrk.RunAsync(target, WarmUpSeconds, connections);

        var results = targets.ToDictionary(target => target, _ => new List<WrkResult>());
        for (var i = 0; i < rounds; i++)
        {
            foreach (var target in i % 2 == 0 ? targets : targets.Reverse())
                results[target].Add(await Wrk.RunAsync(target, seconds, connections));
        }

        Print(targets, results);
        return 0;
    }

    private static void Print(WrkTarget[] targets, Dictionary<WrkTarget, List<WrkResult>> results)
    {
        var baseline = results[targets[0]];
        Console.WriteLine("| endpoint | requests/s | p50 ms | p99 ms | requests/s by empty | p99 by empty |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var target in targets)
        {
            var list = results[target];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {target.Name} | {Median(list.Select(one => one.RequestsPerSecond)):N0} | {Median(list.Select(one => one.P50)):F2} | " +
                $"{Median(list.Select(one => one.P99)):F2} | {Median(Ratios(list, baseline, one => one.RequestsPerSecond)):F2} | " +
                $"{Median(Ratios(list, baseline, one => one.P99)):F2} |"));
        }

        var decisions = Median(Ratios(results[targets[3]], results[targets[2]], one => one.RequestsPerSecond)) * BatchSize;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"decisions in batches of {BatchSize} by decisions one by one: {decisions:F1}"));
    }

    private static IEnumerable<double> Ratios(List<WrkResult> ours, List<WrkResult> its, Func<WrkResult, double> value) =>
        ours.Zip(its, (one, other) => value(one) / value(other));

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static async Task<WebApplication> StartEmptyAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", (RequestDelegate)(static context =>
        {
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        }));
        await app.StartAsync();
        return app;
    }

    private static int Option(string[] args, string name, int fallback)
    {
        var index = Array.IndexOf(args, name);
        return index < 0 ? fallback : int.Parse(args[index + 1], CultureInfo.InvariantCulture);
    }
}
