using System.CommandLine;

namespace Telemetry.Cli.Commands;

/// <summary>The command <c>telemetry</c> with all below it.</summary>
internal static class TelemetryCommand
{
    public static async Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Tools of the Telemetry SDK.")
        {
            new Command("catalog", "The events that an assembly declares.") { CatalogExportCommand.Create() },
            SpoolCommand.Create(),
        };
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }).ConfigureAwait(false);

        // System.CommandLine answers a wrong argument by 1, which here means a difference.
        return parsed.Errors.Count > 0 ? ExitCode.WrongInput : code;
    }
}
