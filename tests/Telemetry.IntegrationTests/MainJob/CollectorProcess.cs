using System.Diagnostics;
using System.Text;
using Telemetry.Collector.Hosting;

namespace Telemetry.IntegrationTests.MainJob;

/// <summary>The Collector as a process of its own, to be killed.</summary>
internal sealed class CollectorProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CollectorProcess(Process process) => _process = process;

    /// <summary>Starts it; it may be killed at any moment from now on.</summary>
    public static CollectorProcess Launch(params string[] args)
    {
        var collector = new CollectorProcess(new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [typeof(CollectorApplication).Assembly.Location, "--urls", "http://127.0.0.1:0", .. args])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        });
        collector._process.OutputDataReceived += (_, line) => collector.Keep(line.Data);
        collector._process.ErrorDataReceived += (_, line) => collector.Keep(line.Data);
        collector._process.Start();
        collector._process.BeginOutputReadLine();
        collector._process.BeginErrorReadLine();
        return collector;
    }

    /// <summary>Where it answers, once it does.</summary>
    public Task<string> AddressAsync() => _address.Task.WaitAsync(Patience);

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        Assert.False(_process.HasExited, $"It ended by itself:\n{Log()}");
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Nothing of it is left running.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        const string listening = "Now listening on: ";
        if (line is null)
            return;
        lock (_log)
            _log.AppendLine(line);
        if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
            _address.TrySetResult(line[(at + listening.Length)..]);
    }

    private string Log()
    {
        lock (_log)
            return _log.ToString();
    }
}
