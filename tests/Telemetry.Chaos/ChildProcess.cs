using System.Diagnostics;

namespace Telemetry.Chaos;

/// <summary>This program again, as a child that is told what to be.</summary>
internal static class ChildProcess
{
    public static Process Start(params IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Asks a process to stop, as an orchestrator does.</summary>
    public static async Task TerminateAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
