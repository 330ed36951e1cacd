using System.Diagnostics;
using System.Runtime.InteropServices;
using Telemetry.Tests.Shared;

namespace Telemetry.AotSmoke.Tests;

/// <summary>Publishes the smoke program natively, once for all tests, into a folder of its own.</summary>
public sealed class NativeProgram : IAsyncLifetime
{
    // The native compiler takes most of a minute on two cores that nobody else uses.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry-aot-").FullName;

    /// <summary>What the publish printed, errors included.</summary>
    internal ProcessResult Publish { get; private set; } = null!;

    public async Task InitializeAsync() => Publish = await ExecuteAsync(
        "dotnet",
        "publish",
        Path.Combine(RepositoryRoot.Path, "tests", "Telemetry.AotSmoke"),
        "--configuration",
        "Release",
        "--runtime",
        RuntimeInformation.RuntimeIdentifier,
        "--nologo",
        // A build that is up to date compiles nothing and so shows no warning.
        "--artifacts-path",
        Path.Combine(_folder, "artifacts"),
        "--output",
        Path.Combine(_folder, "published"));

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    internal Task<ProcessResult> RunAsync(params string[] arguments) =>
        ExecuteAsync(Path.Combine(_folder, "published", "Telemetry.AotSmoke"), arguments);

    private static async Task<ProcessResult> ExecuteAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The test host's own settings would steer the inner build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        // A node that outlives the build would keep the output pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new ProcessResult(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took more than {Patience}.");
        }
    }
}
