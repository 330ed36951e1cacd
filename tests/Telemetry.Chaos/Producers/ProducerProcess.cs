using System.Diagnostics;
using System.Globalization;
using Telemetry.Chaos.Accounts;

namespace Telemetry.Chaos.Producers;

/// <summary>A producer, seen from the process that started it.</summary>
internal sealed class ProducerProcess : IDisposable
{
    private readonly Process _process;
    private readonly ProducerSettings _settings;
    private readonly ChaosAccount _account;
    private readonly StreamWriter _input;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _told;
    private readonly Task<string> _logged;

    public ProducerProcess(ProducerSettings settings, ChaosAccount account)
    {
        (_settings, _account) = (settings, account);
        account.Begin(settings.Process);
        _process = ChildProcess.Start("producer", settings.ToArgument());
        _input = _process.StandardInput;
        _told = Task.Run(ReadAsync);
        _logged = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>It publishes; or it has ended before it came to that.</summary>
    public Task Ready => _ready.Task;

    public async Task StepClockAsync(int seconds)
    {
        try
        {
            await _input.WriteLineAsync(seconds.ToString(CultureInfo.InvariantCulture));
            await _input.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Its process is gone, and its clock with it.
        }
    }

    /// <summary>kill -9; returns what it has logged.</summary>
    public async Task<string> KillAsync()
    {
        _process.Kill();
        await _told;
        await _process.WaitForExitAsync();
        _account.End(_settings.Process, wasKilled: true);
        return await _logged;
    }

    /// <summary>SIGTERM; returns what it has logged.</summary>
    /// <exception cref="TimeoutException">It did not end within a host's budget.</exception>
    public async Task<string> StopAsync()
    {
        await ChildProcess.TerminateAsync(_process);
        // The time of the shutdown, the spilling of what remains, and a machine that does other things as well.
        await _told.WaitAsync(_settings.ShutdownTimeout + TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync();
        _account.End(_settings.Process, wasKilled: _process.ExitCode != 0);
        return _process.ExitCode == 0
            ? await _logged
            : throw new InvalidOperationException($"Process {_settings.Process} ended with {_process.ExitCode}:\n{await _logged}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Words.Ready)
                _ready.TrySetResult();
            else
                _account.Tell(_settings.Process, line);
        }

        _ready.TrySetResult();
    }
}
