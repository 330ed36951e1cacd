using System.Diagnostics;
using Telemetry.Load.Kafka;

namespace Telemetry.Load;

/// <summary>Sends without a pause, and prints every ten seconds what the process holds.</summary>
internal static class MemoryRun
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var broker = BrokerProcess.Start();
        await using var path = new SdkPath(broker.Address, options);
        var clock = Stopwatch.StartNew();
        var next = Interval;
        long sent = 0;
        Console.WriteLine("| s | million events | working set MB | GC heap MB | collections 0/1/2 |");
        Console.WriteLine("|---|---|---|---|---|");
        while (clock.Elapsed < TimeSpan.FromMinutes(options.Minutes))
        {
            await path.SendAsync(options.Events);
            sent += options.Events;
            if (clock.Elapsed < next)
                continue;
            next += Interval;
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(
                $"| {clock.Elapsed.TotalSeconds:F0} | {sent / 1e6:F1} | {process.WorkingSet64 / 1e6:F0} | {GC.GetTotalMemory(false) / 1e6:F1} " +
                $"| {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)} |");
        }

        return 0;
    }
}
