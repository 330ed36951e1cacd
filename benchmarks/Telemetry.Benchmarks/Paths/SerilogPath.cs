using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;

namespace Telemetry.Benchmarks.Paths;

/// <summary>Serilog: a message template, the context as enrichers, and a batched sink that only counts.</summary>
internal sealed class SerilogPath : IPublishPath
{
    private readonly CountingSink _sink = new();
    private readonly Logger _logger;

    public SerilogPath()
    {
        var configuration = new LoggerConfiguration();
        foreach (var (name, value) in Sample.ContextAttributes)
            configuration.Enrich.WithProperty(name, value);
        _logger = configuration.WriteTo
            .Sink(_sink, new BatchingOptions { BufferingTimeLimit = TimeSpan.FromMilliseconds(5) })
            .CreateLogger();
    }

    public string Name => "Serilog, batched sink";

    public long Arrived => _sink.Arrived;

    public void Call() =>
        _logger.Information("Task {TaskId} of {UserId} runs {Model} on {Node}", Sample.TaskId, Sample.UserId, Sample.Model, Sample.Node);

    // Serilog has no flush, and drops silently: what has not come after so long was dropped.
    public void Drain(long expected) => SpinWait.SpinUntil(() => Arrived >= expected, TimeSpan.FromMilliseconds(200));

    public void Dispose() => _logger.Dispose();

    private sealed class CountingSink : IBatchedLogEventSink
    {
        private long _arrived;

        public long Arrived => Interlocked.Read(ref _arrived);

        public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
        {
            Interlocked.Add(ref _arrived, batch.Count);
            return Task.CompletedTask;
        }

        public Task OnEmptyBatchAsync() => Task.CompletedTask;
    }
}
