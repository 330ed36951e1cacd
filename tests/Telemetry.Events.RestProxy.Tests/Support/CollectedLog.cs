using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Telemetry.Events.RestProxy.Tests.Support;

/// <summary>Keeps every log line of every category, exceptions included.</summary>
internal sealed class CollectedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, int Id, string Text)> _lines = new();

    public IReadOnlyCollection<(string Category, int Id, string Text)> Lines => _lines;

    public int Count(int eventId) => _lines.Count(line => line.Category == "Telemetry.Events.RestProxy" && line.Id == eventId);

    public ILogger CreateLogger(string categoryName) => new Sink(_lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Sink(ConcurrentQueue<(string Category, int Id, string Text)> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((category, eventId.Id, $"{formatter(state, exception)} {exception}"));
    }
}
