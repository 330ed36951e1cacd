using System.ComponentModel;
using System.Diagnostics;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>Runs the machine's Python 3.</summary>
internal static class Python
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    /// <summary>Runs it in docs/wire, so that a script can import check.py.</summary>
    public static async Task<(int Code, string Output)> RunAsync(IReadOnlyList<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WireFolder.Path,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONUTF8"] = "1" },
        };
        using var process = Start(start);
        using var deadline = new CancellationTokenSource(Deadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output + await error);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException(
                "There is no python3 on this machine. The wire contract is checked from outside .NET too: install Python 3.");
        }
    }
}
