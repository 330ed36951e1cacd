using System.Diagnostics;
using System.Globalization;
using Telemetry.Benchmarks.Paths;

namespace Telemetry.Benchmarks.Rounds;

/// <summary>All paths in one process, their rounds alternating, medians: what shares the machine then disturbs all alike.</summary>
internal static class ComparisonProgram
{
    private const int Rounds = 9;
    private const int CallsPerBurst = 10_000;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(250);

    public static void Run()
    {
        Console.WriteLine(Machine.Describe());
        using var activity = Sample.StartActivity();
        IPublishPath[] paths = [new TelemetryPath(), new OpenTelemetryPath(), new SerilogPath(), new CloudEventsPath()];
        var bursts = paths.Select(WarmUp).ToArray();
        var rounds = paths.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var path = 0; path < paths.Length; path++)
                rounds[path].Add(RoundRunner.Run(paths[path], threads: 1, bursts[path], CallsPerBurst));
        }

        Print(paths, [.. rounds.Select(Round.Median)]);
        foreach (var path in paths)
            path.Dispose();
    }

    /// <summary>Long enough for the last tier of the compiler.</summary>
    /// <returns>Bursts that fill one round.</returns>
    public static int WarmUp(IPublishPath path)
    {
        var wall = 0.0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(3);)
            wall = RoundRunner.Run(path, threads: 1, bursts: 5, CallsPerBurst).Wall;
        return Math.Max(1, (int)(RoundTime.TotalNanoseconds / (wall * CallsPerBurst)));
    }

    private static void Print(IPublishPath[] paths, Round[] medians)
    {
        Console.WriteLine($"| path | caller ns | caller CPU ns | process CPU ns | caller bytes | process bytes | arrived | {paths[0].Name} is |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < paths.Length; i++)
        {
            var (wall, callerCpu, processCpu, callerBytes, processBytes, arrived) = medians[i];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {paths[i].Name} | {wall:F0} | {callerCpu:F0} | {processCpu:F0} | {callerBytes:F1} | {processBytes:F1} | {arrived:P2} " +
                $"| {medians[0].CallerCpu / callerCpu:F3} |"));
        }
    }
}
