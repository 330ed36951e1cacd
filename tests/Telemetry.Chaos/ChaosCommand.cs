using System.CommandLine;
using Telemetry.Chaos.Disk;
using Telemetry.Chaos.Events;
using Telemetry.Events;

namespace Telemetry.Chaos;

/// <summary>The command line. Exit code 0: every promise held; 1: one was broken.</summary>
internal static class ChaosCommand
{
    public static Task<int> InvokeAsync(string[] arguments, TextWriter output)
    {
        var seed = new Option<int>("--seed") { Description = "Replays a schedule", DefaultValueFactory = _ => Random.Shared.Next() };
        var cycles = new Option<int>("--cycles") { Description = "Producer processes, one after the other", DefaultValueFactory = _ => 20 };
        var classes = new Option<DeliveryClass[]>("--class")
        {
            Description = "What they publish", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. ChaosTopics.Classes],
        };
        var stops = new Option<double>("--stops") { Description = "The share of them that is stopped by SIGTERM, not killed", DefaultValueFactory = _ => 0.25 };
        var smallDisk = new Option<bool>("--small-disk")
        {
            Description = "Put the spool on a tmpfs that is filled up at times (root)", DefaultValueFactory = _ => SpoolDisk.CanMount,
        };
        var directory = new Option<string?>("--directory") { Description = "Where the spool is, unless on the small disk" };
        var rate = new Option<int>("--rate") { Description = "Events a second and flow, at most", DefaultValueFactory = _ => 500 };
        var verbose = new Option<bool>("--verbose") { Description = "Show each cycle and what its process logged" };
        var command = new RootCommand("Kills producers, breaks brokers, disks and clocks, and counts whether anything was lost.")
        {
            seed, cycles, classes, stops, smallDisk, directory, rate, verbose,
        };
        command.SetAction(async (parsed, _) => await new ChaosRun(
            new ChaosOptions
            {
                Seed = parsed.GetValue(seed),
                Cycles = parsed.GetValue(cycles),
                Classes = parsed.GetValue(classes)!,
                Stops = parsed.GetValue(stops),
                SmallDisk = parsed.GetValue(smallDisk),
                Directory = parsed.GetValue(directory),
                FlowRate = parsed.GetValue(rate),
                Verbose = parsed.GetValue(verbose),
            },
            output).RunAsync() ? 0 : 1);
        return command.Parse(arguments).InvokeAsync();
    }
}
