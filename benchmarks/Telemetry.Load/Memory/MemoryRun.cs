using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Load.Kafka;

namespace Telemetry.Load.Memory;

/// <summary>Publishes at a steady rate through the whole SDK, and prints at intervals what the process holds.</summary>
internal static class MemoryRun
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(MemoryOptions options)
    {
        using var target = TargetProcess.Start(options.Transport);
        await using var services = MemoryServices.Build(options.Transport, target);
        var publisher = services.GetRequiredService<IEventPublisher>();
        Console.WriteLine($"{options.Transport}, {options.Rate:N0} events a second for {options.Minutes} minutes");
        Console.WriteLine("| s | million events | working set MB | GC heap MB | collections 0/1/2 |");
        Console.WriteLine("|---|---|---|---|---|");

        var samples = Sample.Events;
        var clock = Stopwatch.StartNew();
        var next = options.Interval;
        long sent = 0;
        using var timer = new PeriodicTimer(Tick);
        while (clock.Elapsed < TimeSpan.FromMinutes(options.Minutes) && await timer.WaitForNextTickAsync())
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * options.Rate); sent < due; sent++)
            {
                var result = await publisher.PublishAsync(samples[sent % samples.Length]);
                if (!result.IsAccepted)
                    throw new InvalidOperationException($"Event {sent} was refused: {result.Refusal}");
            }

            if (clock.Elapsed < next)
                continue;
            next += options.Interval;
            Print(clock.Elapsed, sent);
        }

        var ledger = await publisher.FlushAsync(TimeSpan.FromMinutes(1));
        Console.WriteLine(ledger);
        return ledger.InFlight == 0 && ledger[DeliveryClass.Usage].Delivered == sent ? 0 : 1;
    }

    private static void Print(TimeSpan elapsed, long sent)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {elapsed.TotalSeconds:F0} | {sent / 1e6:F1} | {process.WorkingSet64 / 1e6:F0} | {GC.GetTotalMemory(false) / 1e6:F1} " +
            $"| {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)} |"));
    }
}
