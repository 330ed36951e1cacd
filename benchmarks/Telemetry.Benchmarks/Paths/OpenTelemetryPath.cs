using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Telemetry.Benchmarks.Paths;

/// <summary>
/// OpenTelemetry's ILogger path: a source-generated log method, the context as resource attributes, the batch processor, and an
/// exporter that only counts. Nothing is serialized.
/// </summary>
internal sealed partial class OpenTelemetryPath : IPublishPath
{
    private readonly CountingExporter _exporter = new();
    private readonly BatchLogRecordExportProcessor _processor;
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public OpenTelemetryPath()
    {
        // The queue is as long as ours; by default it holds 2,048 and loses most of what a loop sends.
        _processor = new BatchLogRecordExportProcessor(_exporter, maxQueueSize: 100_000, scheduledDelayMilliseconds: 5);
        _factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(Sample.ContextAttributes));
            options.AddProcessor(_processor);
        }));
        _logger = _factory.CreateLogger("Telemetry.Benchmarks");
    }

    public string Name => "OpenTelemetry ILogger + batch processor";

    public long Arrived => _exporter.Arrived;

    public void Call() => TaskRunStart(_logger, Sample.TaskId, Sample.UserId, Sample.Model, Sample.Node);

    public void Drain(long expected) => _processor.ForceFlush();

    public void Dispose()
    {
        _factory.Dispose();
        _processor.Dispose();
    }

    [LoggerMessage(1, LogLevel.Information, "Task {TaskId} of {UserId} runs {Model} on {Node}")]
    private static partial void TaskRunStart(ILogger logger, string taskId, string userId, string model, string node);

    private sealed class CountingExporter : BaseExporter<LogRecord>
    {
        private long _arrived;

        public long Arrived => Interlocked.Read(ref _arrived);

        public override ExportResult Export(in Batch<LogRecord> batch)
        {
            Interlocked.Add(ref _arrived, batch.Count);
            return ExportResult.Success;
        }
    }
}
