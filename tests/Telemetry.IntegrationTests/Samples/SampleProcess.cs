using System.Diagnostics;
using System.Threading.Channels;
using Telemetry.Tests.Shared;

namespace Telemetry.IntegrationTests.Samples;

/// <summary>A sample as its documentation starts it, from its own build folder.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    private SampleProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <param name="name">The sample.</param>
    /// <param name="kafka">The brokers; null for the sample's own embedded one.</param>
    /// <param name="arguments">Its arguments.</param>
    public static SampleProcess Start(string name, string? kafka, params string[] arguments)
    {
        // bin/Debug/net10.0 of these tests is bin/Debug/net10.0 of the sample.
        var tail = AppContext.BaseDirectory[AppContext.BaseDirectory.LastIndexOf("/bin/", StringComparison.Ordinal)..];
        var program = $"{RepositoryRoot.Path}/samples/{name}{tail}{name}.dll";
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KAFKA_DIRECT_URL"] = kafka;
        return new SampleProcess(Process.Start(start)!);
    }

    /// <summary>What stands behind these words in a line of the output.</summary>
    public async Task<string> ReadAsync(string words)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await foreach (var line in _lines.Reader.ReadAllAsync(deadline.Token))
        {
            if (line.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at)
                return line[(at + words.Length)..].Trim();
        }

        throw new InvalidOperationException($"The sample ended without a line with '{words}'.");
    }

    /// <summary>Asks it to end as an orchestrator does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            _lines.Writer.TryComplete();
        else
            _lines.Writer.TryWrite(line);
    }
}
