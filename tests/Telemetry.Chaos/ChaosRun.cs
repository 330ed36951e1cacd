using Telemetry.Chaos.Accounts;
using Telemetry.Chaos.Broker;
using Telemetry.Chaos.Disk;
using Telemetry.Chaos.Producers;
using Telemetry.Chaos.Schedule;

namespace Telemetry.Chaos;

/// <summary>One run: producers one after the other on one spool, faults by the schedule, and the account at the end.</summary>
internal sealed class ChaosRun(ChaosOptions options, TextWriter output)
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(120);

    /// <summary>Runs the schedule; returns whether every promise held.</summary>
    public async Task<bool> RunAsync()
    {
        var schedule = ChaosSchedule.Create(options);
        await output.WriteLineAsync($"seed {options.Seed}, {options.Cycles} cycles, {schedule.Count(cycle => cycle.IsKilled)} of them end by kill -9; {string.Join(", ", options.Classes)}; " +
            (options.SmallDisk ? "the spool on a tmpfs of its own, which is filled up" : "the spool in a directory, whose disk is not filled up"));
        using var disk = options.SmallDisk ? SpoolDisk.Mount() : SpoolDisk.OfDirectory(options.Directory);
        await using var broker = await BrokerProcess.StartAsync();
        var account = new ChaosAccount();
        using var reader = new EventReader(broker.Addresses, account);
        var faults = new FaultInjector(broker, disk);
        var started = TimeProvider.System.GetTimestamp();
        foreach (var cycle in schedule)
            await RunAsync(cycle, broker, disk, account, faults);
        await faults.EndAsync();
        var leftOver = await DrainAsync(broker, disk, account);
        await reader.WhenCaughtUpAsync();
        await reader.StopAsync();

        ResultTable.Write(output, account);
        var broken = Verdict.Judge(account).Concat(leftOver).ToList();
        foreach (var sentence in broken)
            await output.WriteLineAsync($"BROKEN {sentence}");
        await output.WriteLineAsync($"{(broken.Count == 0 ? "Every promise held" : "Promises were broken")}; {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s, seed {options.Seed}");
        return broken.Count == 0;
    }

    private ProducerSettings Settings(BrokerProcess broker, SpoolDisk disk, int process) => new()
    {
        Brokers = broker.Addresses,
        SpoolDirectory = disk.SpoolDirectory,
        Process = process,
        FlowRate = options.FlowRate,
    };

    private async Task RunAsync(Cycle cycle, BrokerProcess broker, SpoolDisk disk, ChaosAccount account, FaultInjector faults)
    {
        var settings = Settings(broker, disk, cycle.Number) with
        {
            Classes = options.Classes,
            ClockOffset = cycle.ClockOffset,
            DeliveryTimeout = cycle.DeliveryTimeout,
        };
        using var producer = new ProducerProcess(settings, account);
        faults.Begin(cycle.Faults, producer.StepClockAsync);
        await producer.Ready;
        await Task.Delay(cycle.Life);
        var log = await (cycle.IsKilled ? producer.KillAsync() : producer.StopAsync());
        if (options.Verbose)
            await output.WriteLineAsync($"{cycle}\n{log}");
    }

    /// <summary>A last process that publishes nothing and sends what all others have left.</summary>
    private async Task<IReadOnlyList<string>> DrainAsync(BrokerProcess broker, SpoolDisk disk, ChaosAccount account)
    {
        using var producer = new ProducerProcess(Settings(broker, disk, options.Cycles + 1), account);
        await producer.Ready;
        var started = TimeProvider.System.GetTimestamp();
        while (disk.Segments().Count > 0 && TimeProvider.System.GetElapsedTime(started) < DrainPatience)
            await Task.Delay(20);
        var log = await producer.StopAsync();
        if (options.Verbose)
            await output.WriteLineAsync(log);
        return
        [
            .. disk.Segments().Select(file => $"{Path.GetFileName(file)} was not sent."),
            .. disk.DamagedSegments().Select(file => $"{Path.GetFileName(file)} was called damaged, and nobody damaged it."),
        ];
    }
}
