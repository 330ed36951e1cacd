using System.CommandLine;
using System.Globalization;
using Telemetry.Events.Spool.Inspection;

namespace Telemetry.Cli.Commands;

/// <summary><c>telemetry spool list &lt;directory&gt;</c></summary>
internal static class SpoolListCommand
{
    public static Command Create()
    {
        var directory = SpoolCommand.Directory();
        var command = new Command("list", "Lists the logs: who holds them, how many events, how old, how large.") { directory };
        command.SetAction(parsed => SpoolCommand.Run(
            parsed.GetRequiredValue(directory),
            parsed.InvocationConfiguration.Error,
            instances => Write(instances, parsed.InvocationConfiguration.Output)));
        return command;
    }

    private static int Write(IReadOnlyList<InspectedInstance> instances, TextWriter output)
    {
        foreach (var instance in instances)
        {
            output.WriteLine($"{instance.Name}: {(instance.IsHeld ? "held by" : "left by")} {instance.Owner}");
            foreach (var log in instance.Logs)
            {
                var usage = log.Usage;
                var oldest = usage.OldestTime?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "none";
                output.WriteLine(
                    $"  {log.Delivery} for {log.Transport}: {usage.Events} events, {usage.Bytes} bytes, oldest {oldest}, {usage.DamagedRecords} lost to damage");
            }
        }

        output.WriteLine($"{instances.SelectMany(instance => instance.Logs).Sum(log => log.Usage.Events)} events in {instances.Count} instances");
        return ExitCode.Success;
    }
}
