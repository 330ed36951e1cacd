using System.CommandLine;
using Telemetry.Events.Spool.Inspection;

namespace Telemetry.Cli.Commands;

/// <summary><c>telemetry spool list|verify|export|replay &lt;directory&gt;</c></summary>
internal static class SpoolCommand
{
    public static Command Create() => new("spool", "The events that services have on disk and did not send yet.")
    {
        SpoolListCommand.Create(),
        SpoolVerifyCommand.Create(),
        SpoolExportCommand.Create(),
        SpoolReplayCommand.Create(),
    };

    public static Argument<string> Directory() =>
        new("directory") { Description = "The service's spool directory (TelemetryEvents:Spool:Directory)." };

    /// <summary>Opens what is in the directory, hands it to the command, and turns what may go wrong into a sentence.</summary>
    public static int Run(string directory, TextWriter errors, Func<IReadOnlyList<InspectedInstance>, int> command)
    {
        if (!IsSpool(directory, errors))
            return ExitCode.WrongInput;
        var instances = new List<InspectedInstance>();
        try
        {
            instances.AddRange(SpoolInspector.Inspect(directory));
            return command(instances);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"The directory {directory} cannot be used: {exception.Message}");
            return ExitCode.WrongInput;
        }
        finally
        {
            instances.ForEach(instance => instance.Dispose());
        }
    }

    public static bool IsSpool(string directory, TextWriter errors)
    {
        if (SpoolInspector.IsSpool(directory))
            return true;
        errors.WriteLine($"{directory} is not a spool: it has no directory 'instances'. Give the directory that TelemetryEvents:Spool:Directory names.");
        return false;
    }
}
