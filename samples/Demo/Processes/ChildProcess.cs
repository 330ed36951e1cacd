using System.Diagnostics;

namespace Telemetry.Samples.Demo;

/// <summary>
/// A process of the demo. It has a session of its own, so that the terminal's Ctrl-C reaches the demo alone, which then stops
/// its children in order. It writes to its log by itself: a demo that is killed takes no pipe away from it.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    // The shell opens the log and becomes setsid, which becomes the program: one process id all the way.
    private const string Launcher = """log=$1; shift; exec setsid "$@" >>"$log" 2>&1 </dev/null""";

    private readonly ChildCommand _command;
    private readonly ChildRegistry _registry;
    private readonly Process _process;
    private readonly ChildRecord? _record;

    private ChildProcess(ChildCommand command, ChildLog log, ChildRegistry registry, Process process)
    {
        _command = command;
        _registry = registry;
        _process = process;
        Log = log;
        // No ticks: it ended already, and its exit code says so to whoever waits for it.
        if (ProcessStart.TicksOf(process.Id) is { } ticks)
        {
            _record = new ChildRecord(command.Name, process.Id, ticks, ProcessStart.BootId());
            registry.Add(_record);
        }
    }

    /// <summary>What the user knows it as.</summary>
    public string Name => _command.Name;

    /// <summary>What it writes.</summary>
    public ChildLog Log { get; }

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts a process; what keeps it from running stands in its log.</summary>
    public static ChildProcess Start(ChildCommand command, DemoPaths paths, ChildRegistry registry)
    {
        var log = new ChildLog(paths.LogOf(command.Name));
        var start = new ProcessStartInfo("/bin/sh", ["-c", Launcher, "sh", log.Path, command.File, .. command.Arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = paths.Data,
        };
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        // Not null: that is only for UseShellExecute.
        return new ChildProcess(command, log, registry, Process.Start(start)!);
    }

    /// <summary>The end of the demo because of this child, with the end of its log.</summary>
    public DemoFailedException Failure(string sentence) => new($"{sentence}{Environment.NewLine}{Log.Tail()}");

    /// <summary>Completes when it ends by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks it to end, and kills it where it does not within its grace.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            PosixSignals.Terminate(_process.Id);
            using var grace = new CancellationTokenSource(_command.Grace);
            try
            {
                await _process.WaitForExitAsync(grace.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        if (_record is not null)
            _registry.Remove(_record);
        _process.Dispose();
    }
}
