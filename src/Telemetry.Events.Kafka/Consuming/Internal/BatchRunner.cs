using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Telemetry.Events.Kafka;

/// <summary>Calls the handler until it has handled a batch, with growing pauses in between.</summary>
internal sealed class BatchRunner
{
    private readonly IConsumedBatchHandler _handler;
    private readonly EventConsumerProgress _progress;
    private readonly ConsumerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _retry;

    public BatchRunner(
        IConsumedBatchHandler handler,
        EventConsumerOptions options,
        EventConsumerProgress progress,
        ConsumerMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        (_handler, _progress, _metrics, _time, _logger) = (handler, progress, metrics, time, logger);
        _retry = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.RetryMaxDelay,
                // A handler's own time-out is an OperationCanceledException too: only the token tells shutdown from failure.
                ShouldHandle = static arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is not null && !arguments.Context.CancellationToken.IsCancellationRequested),
                OnRetry = OnRetry,
            })
            .Build();
    }

    /// <summary>Returns when the batch is handled, or when nobody waits for that any more. Throws nothing.</summary>
    /// <param name="work">The batch.</param>
    /// <param name="giveUp">Shutdown's time is out: the handler itself is told.</param>
    public async Task RunAsync(BatchWork work, CancellationToken giveUp)
    {
        try
        {
            await _retry.ExecuteAsync(async _ => await AttemptAsync(work, giveUp).ConfigureAwait(false), work.Retrying).ConfigureAwait(false);
            work.Batch.MarkAllHandled();
        }
#pragma warning disable CA1031 // The pipeline lets an exception out only where nobody waits for the batch any more.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (exception is not OperationCanceledException)
                _logger.HandlerGaveUp(exception, _progress.Name, work.Records - work.HandledRecords);
        }
    }

    private async ValueTask AttemptAsync(BatchWork work, CancellationToken giveUp)
    {
        var started = _time.GetTimestamp();
        await _handler.HandleAsync(work.Batch, giveUp).ConfigureAwait(false);
        _metrics.RecordBatch(_progress.Name, _time.GetElapsedTime(started));
    }

    private ValueTask OnRetry(OnRetryArguments<object> arguments)
    {
        var exception = arguments.Outcome.Exception!;
        _progress.HandlerFailed($"Handler: {exception.Message}");
        _logger.HandlerFailed(exception, _progress.Name, arguments.AttemptNumber + 1, arguments.RetryDelay);
        return default;
    }
}
