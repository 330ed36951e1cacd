using System.Diagnostics;
using Telemetry.Benchmarks.Paths;

namespace Telemetry.Benchmarks.Rounds;

/// <summary>This SDK's path alone, for a profiler to look at: <c>profile 20</c> publishes for twenty seconds.</summary>
internal static class ProfileProgram
{
    private const int CallsPerBurst = 10_000;

    public static void Run(TimeSpan duration)
    {
        using var activity = Sample.StartActivity();
        using var path = new TelemetryPath();
        var bursts = ComparisonProgram.WarmUp(path);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration;)
            Console.WriteLine($"{RoundRunner.Run(path, threads: 1, bursts, CallsPerBurst).CallerCpu:F0} ns of the caller's CPU a call");
    }
}
