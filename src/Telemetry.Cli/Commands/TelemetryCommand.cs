using System.CommandLine;
using System.CommandLine.Help;
using Telemetry.Cli.Doctor;

namespace Telemetry.Cli.Commands;

/// <summary>The command <c>telemetry</c> with all below it.</summary>
internal static class TelemetryCommand
{
    /// <param name="args">The arguments.</param>
    /// <param name="output">Takes what was asked for.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <param name="sources">The transports; null for those of the SDK.</param>
    /// <param name="cancellationToken">Ends the command as Ctrl-C does.</param>
    public static async Task<int> InvokeAsync(
        string[] args,
        TextWriter output,
        TextWriter error,
        IReadOnlyList<TransportSource>? sources = null,
        CancellationToken cancellationToken = default)
    {
        // Not a RootCommand: that is called as its assembly is, which nobody types.
        var root = new Command("telemetry", "Tools of the Telemetry SDK.")
        {
            new HelpOption(),
            new VersionOption(),
            DoctorCommand.Create(sources ?? TransportSources.All),
            new Command("catalog", "The events that an assembly declares.") { CatalogExportCommand.Create() },
            SpoolCommand.Create(),
        };
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellationToken).ConfigureAwait(false);

        // System.CommandLine answers a wrong argument by 1, which here means a difference.
        return parsed.Errors.Count > 0 ? ExitCode.WrongInput : code;
    }
}
