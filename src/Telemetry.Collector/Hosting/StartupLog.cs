namespace Telemetry.Collector.Hosting;

/// <summary>
/// Holds back the errors that the host and the server log about a failed start: stack traces of what
/// <see cref="StartupFailure"/> says in a sentence. Once started, both log all from warnings on.
/// </summary>
internal sealed class StartupLog
{
    private volatile bool _isOpen;

    public void Open() => _isOpen = true;

    public bool Passes(LogLevel level) => level >= LogLevel.Warning && (_isOpen || level < LogLevel.Error);
}
