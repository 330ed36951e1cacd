using System.Diagnostics;
using Telemetry.Chaos.Accounts;
using Telemetry.Chaos.Broker;
using Telemetry.Chaos.Disk;
using Telemetry.Chaos.Producers;
using Telemetry.Events;
using Xunit.Abstractions;

namespace Telemetry.Chaos.Tests;

[Trait("Category", "Integration")]
public sealed class OutageTests(ITestOutputHelper output)
{
    private const int Process = 1;
    private const int MaxBufferedEvents = 4000;
    private const int EventBytes = 700;
    private const int Backlog = 60_000;

    // The lane; the slice that is being sent, 8 MiB; two groups of the log, of 4 MiB each; its reader, 1 MiB.
    private const long MemoryBound = (MaxBufferedEvents * EventBytes) + (17L << 20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChaosAccount _account = new();

    [Fact]
    public async Task An_outage_beyond_the_memory_bound_goes_to_disk_and_the_backlog_drains_in_order_beside_new_events()
    {
        using var disk = SpoolDisk.OfDirectory(null);
        await using var broker = await BrokerProcess.StartAsync();
        using var reader = new EventReader(broker.Addresses, _account);
        using var producer = new ProducerProcess(
            new ProducerSettings
            {
                Brokers = broker.Addresses, SpoolDirectory = disk.SpoolDirectory, Process = Process, Classes = [DeliveryClass.Usage],
                FlowRate = 2000, MaxBufferedEvents = MaxBufferedEvents, MaxBatchEvents = new TelemetryEventsOptions().MaxBatchEvents, TellsMemory = true,
            },
            _account);
        await producer.Ready;
        await UntilAsync(() => _account.Arrivals > 5000 && Memory > 0);
        var normal = await RateAsync(TimeSpan.FromSeconds(2));
        var memoryBefore = Memory;

        await broker.TellAsync("down");
        var mostMemory = 0L;
        await UntilAsync(() =>
        {
            mostMemory = Math.Max(mostMemory, Memory);
            return Spooled > Backlog;
        });
        var onDisk = disk.Segments().Sum(file => new FileInfo(file).Length);
        await broker.TellAsync("up");
        var backlog = Spooled;
        var started = Stopwatch.GetTimestamp();
        await UntilAsync(() => Spooled == 0);
        var drain = backlog / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var log = await producer.StopAsync();
        await reader.WhenCaughtUpAsync();
        await reader.StopAsync();

        output.WriteLine(
            $"normal {normal:F0} events/s; {backlog} events and {onDisk >> 10} KiB on disk; memory {memoryBefore >> 10} KiB before, {mostMemory >> 10} KiB at most; " +
            $"drained {drain:F0} events/s beside the new ones");
        Assert.True(onDisk > MemoryBound, "The outage was too short to tell anything.");
        Assert.True(mostMemory - memoryBefore < MemoryBound, $"Memory grew by {mostMemory - memoryBefore} bytes.");
        Assert.True(drain >= normal / 2, $"The backlog drained at {drain:F0} events/s; normal are {normal:F0}.");
        Assert.Contains("[1012]", log, StringComparison.Ordinal);
        Assert.Empty(Verdict.Judge(_account));
    }

    private long Spooled => _account.LastOf(Process, DeliveryClass.Usage).Ledger?.Spooled ?? 0;

    private long Memory => _account.LastOf(Process, DeliveryClass.Usage).MemoryBytes;

    private async Task<double> RateAsync(TimeSpan duration)
    {
        var (arrivals, started) = (_account.Arrivals, Stopwatch.GetTimestamp());
        await Task.Delay(duration);
        return (_account.Arrivals - arrivals) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "It did not come to that.");
            await Task.Delay(20);
        }
    }
}
