using System.Diagnostics;
using Telemetry.Benchmarks.Paths;

namespace Telemetry.Benchmarks.Rounds;

/// <summary>Runs one path from several threads at once, in bursts; between two bursts all that was handed over arrives.</summary>
/// <remarks>
/// Without the pauses, more threads than cores hand over faster than the one thread that takes can run, and a refused call is not
/// what is to be measured.
/// </remarks>
internal static class RoundRunner
{
    public static Round Run(IPublishPath path, int threads, int bursts, int callsPerBurst)
    {
        var arrivedBefore = path.Arrived;
        var bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var callers = RunCallers(path, threads, bursts, callsPerBurst, () =>
        {
            for (var i = 0; i < callsPerBurst; i++)
                path.Call();
        });

        var calls = (double)threads * bursts * callsPerBurst;
        return new Round(
            Wall: callers.Wall / calls,
            CallerCpu: callers.Cpu / calls,
            ProcessCpu: (Environment.CpuUsage.TotalTime - cpuBefore).TotalNanoseconds / calls,
            CallerBytes: callers.Bytes / calls,
            ProcessBytes: (GC.GetTotalAllocatedBytes(precise: true) - bytesBefore) / calls,
            ArrivedShare: (path.Arrived - arrivedBefore) / calls);
    }

    /// <summary>Times single calls, one of <see cref="LatencySamples.Every"/>. The clock's own cost is in each of them.</summary>
    public static LatencySamples RunLatency(IPublishPath path, int threads, int bursts, int callsPerBurst)
    {
        var samples = new LatencySamples();
        RunCallers(path, threads, bursts, callsPerBurst, () =>
        {
            var ticks = new long[callsPerBurst / LatencySamples.Every];
            for (var i = 0; i < ticks.Length; i++)
            {
                for (var untimed = 1; untimed < LatencySamples.Every; untimed++)
                    path.Call();
                var start = Stopwatch.GetTimestamp();
                path.Call();
                ticks[i] = Stopwatch.GetTimestamp() - start;
            }

            samples.Add(ticks);
        });
        return samples;
    }

    private static (double Wall, double Cpu, long Bytes) RunCallers(IPublishPath path, int threads, int bursts, int callsPerBurst, Action burst)
    {
        long cpu = 0;
        long bytes = 0;
        var expected = path.Arrived;
        long wall = 0;
        using var barrier = new Barrier(threads + 1);
        var callers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < bursts; i++)
            {
                barrier.SignalAndWait();
                var start = Stopwatch.GetTimestamp();
                var cpuBefore = ThreadCpuClock.Nanoseconds;
                var bytesBefore = GC.GetAllocatedBytesForCurrentThread();
                burst();
                Interlocked.Add(ref bytes, GC.GetAllocatedBytesForCurrentThread() - bytesBefore);
                Interlocked.Add(ref cpu, ThreadCpuClock.Nanoseconds - cpuBefore);
                Interlocked.Add(ref wall, Stopwatch.GetTimestamp() - start);
                barrier.SignalAndWait();
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        for (var i = 0; i < bursts; i++)
        {
            barrier.SignalAndWait();
            barrier.SignalAndWait();
            path.Drain(expected += (long)threads * callsPerBurst);
        }

        callers.ForEach(caller => caller.Join());
        return (wall * 1e9 / Stopwatch.Frequency, cpu, bytes);
    }
}
