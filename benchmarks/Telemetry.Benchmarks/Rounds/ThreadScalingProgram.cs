using System.Diagnostics;
using System.Globalization;
using Telemetry.Benchmarks.Paths;

namespace Telemetry.Benchmarks.Rounds;

/// <summary>One to four threads through one publisher, their rounds alternating, medians.</summary>
internal static class ThreadScalingProgram
{
    private const int Rounds = 9;
    private const int Bursts = 100;
    private const int CallsPerBurst = 10_000;
    private static readonly int[] ThreadCounts = [1, 2, 4];

    public static void Run()
    {
        Console.WriteLine(Machine.Describe());
        using var activity = Sample.StartActivity();
        using var path = new TelemetryPath();
        ComparisonProgram.WarmUp(path);
        var rounds = ThreadCounts.Select(_ => new List<Round>()).ToArray();
        var quantiles = ThreadCounts.Select(_ => new List<double[]>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < ThreadCounts.Length; i++)
            {
                var threads = ThreadCounts[i];
                rounds[i].Add(RoundRunner.Run(path, threads, Bursts, CallsPerBurst / threads));
                quantiles[i].Add(RoundRunner.RunLatency(path, threads, Bursts, CallsPerBurst / threads).Quantiles(0.5, 0.99, 0.999));
            }
        }

        Print([.. rounds.Select(Round.Median)], quantiles);
    }

    private static void Print(Round[] medians, List<double[]>[] quantiles)
    {
        Console.WriteLine("| threads | CPU ns a call | by one thread's | wall ns a call | bytes a call | accepted and arrived | p50 ns | p99 ns | p99.9 ns |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < medians.Length; i++)
        {
            var median = medians[i];
            var latency = Enumerable.Range(0, 3).Select(q => quantiles[i].Select(round => round[q]).Order().ElementAt(Rounds / 2)).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {ThreadCounts[i]} | {median.CallerCpu:F0} | {median.CallerCpu / medians[0].CallerCpu:F2} | {median.Wall:F0} " +
                $"| {median.ProcessBytes:F1} | {median.ArrivedShare:P2} " +
                $"| {latency[0]:F0} | {latency[1]:F0} | {latency[2]:F0} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The clock's own cost, which is in the quantiles: {ClockCost():F0} ns."));
    }

    private static double ClockCost()
    {
        const int reads = 1_000_000;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < reads; i++)
            _ = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / reads;
    }
}
