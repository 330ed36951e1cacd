using System.CommandLine;
using Telemetry.Events.Spool.Inspection;

namespace Telemetry.Cli.Commands;

/// <summary><c>telemetry spool verify &lt;directory&gt;</c></summary>
internal static class SpoolVerifyCommand
{
    public static Command Create()
    {
        var directory = SpoolCommand.Directory();
        var command = new Command("verify", "Checks every record, and exits with 1 where any is damaged.") { directory };
        command.SetAction(parsed => SpoolCommand.Run(
            parsed.GetRequiredValue(directory),
            parsed.InvocationConfiguration.Error,
            instances => Verify(instances, parsed.InvocationConfiguration.Output)));
        return command;
    }

    private static int Verify(IReadOnlyList<InspectedInstance> instances, TextWriter output)
    {
        var logs = instances.SelectMany(instance => instance.Logs).ToList();
        var damage = logs.SelectMany(log => log.Damage).ToList();
        foreach (var range in damage)
        {
            output.WriteLine(range.IsUnfinishedWrite
                ? $"{range.File}: ends at {range.Offset} in a write that was not finished; nothing is lost"
                : $"{range.File}: {range.Reason} at {range.Offset}, {range.Bytes} bytes; {range.Records} records lost from position {range.FirstPosition}");
        }

        output.WriteLine($"{logs.Sum(log => log.Usage.Events)} events are intact, {logs.Sum(log => log.Usage.DamagedRecords)} are lost to damage");
        return damage.All(range => range.IsUnfinishedWrite) ? ExitCode.Success : ExitCode.Different;
    }
}
