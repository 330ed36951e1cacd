namespace Telemetry.Collector.Hosting;

/// <summary>
/// Holds back what the host and the server log about a failed start: a stack trace of what <see cref="StartupFailure"/>
/// says in a sentence. Once started, both log again.
/// </summary>
internal sealed class StartupLog
{
    private volatile bool _isOpen;

    public void Open() => _isOpen = true;

    public bool Passes(LogLevel level) => _isOpen && level >= LogLevel.Warning;
}
