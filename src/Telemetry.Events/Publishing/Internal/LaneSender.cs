using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Takes batches from one lane and sends each until all its events are settled. One batch at a time.</summary>
internal sealed class LaneSender
{
    private readonly DeliveryLane _lane;
    private readonly IEventTransport _transport;
    private readonly TelemetryEventsOptions _options;
    private readonly PublisherMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<int> _retry;

    // Owned by the loop.
    private readonly SendBatch _batch = new();
    private string _lastReason = "unknown";

    public LaneSender(
        DeliveryLane lane,
        TelemetryEventsOptions options,
        PublisherMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        _lane = lane;
        _transport = lane.Transport;
        _options = options;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _retry = new ResiliencePipelineBuilder<int> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<int>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.RetryMaxDelay,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result > 0),
                OnRetry = OnRetry,
            })
            .Build();
    }

    /// <summary>Runs until the lane is stopped and empty, or until <paramref name="giveUp"/>, when the rest is dropped.</summary>
    public async Task RunAsync(CancellationToken giveUp)
    {
        // The activity of whoever built the publisher is no parent of what is sent for everyone.
        Activity.Current = null;
        while (await TakeAsync().ConfigureAwait(false))
        {
            await SendBatchAsync(giveUp).ConfigureAwait(false);
            if (giveUp.IsCancellationRequested)
                _lane.Queue.DropAll(DropReasons.Shutdown);
        }
    }

    /// <summary>Fills the batch; false when the lane is stopped and empty.</summary>
    private async ValueTask<bool> TakeAsync()
    {
        var queue = _lane.Queue;
        var delayed = _options.BatchDelay == TimeSpan.Zero;
        while (true)
        {
            var wake = Task.CompletedTask;
            var stopped = false;
            if (!queue.HasSealed)
            {
                wake = queue.PrepareToWait(forAnyEvent: delayed);
                stopped = queue.IsStopped;
                if (!delayed && !stopped && !queue.HasSealed)
                {
                    // What the stripes hold may still grow into full chunks.
                    await DelayAsync(wake).ConfigureAwait(false);
                    delayed = true;
                    continue;
                }
            }

            // All stripes, whatever woke us: an event in one that is not full may be older than those in another that is.
            _lane.SealAll();
            queue.Take(_batch.Chunks);
            if (_batch.Chunks.Count > 0 || stopped)
            {
                queue.CancelWait();
                return _batch.Chunks.Count > 0;
            }

            // Nothing anywhere: sleep until the first event, and then give it company.
            await wake.ConfigureAwait(false);
            delayed = _options.BatchDelay == TimeSpan.Zero;
        }
    }

    /// <summary>Waits the batch delay, or less where a chunk is sealed meanwhile.</summary>
    private async Task DelayAsync(Task wake)
    {
        try
        {
            await wake.WaitAsync(_options.BatchDelay, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The delay is over: take what there is.
        }
    }

    private async Task SendBatchAsync(CancellationToken giveUp)
    {
        _batch.Load();
        while (_batch.NextSlice(_options.MaxBatchEvents))
        {
            try
            {
                await _retry.ExecuteAsync(static (sender, token) => sender.AttemptAsync(token), this, giveUp).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
            {
                _batch.GiveUp(DropReasons.Shutdown);
                Settle();
            }
        }

        _batch.Clear();
    }

    /// <summary>Sends what is not settled yet, and returns how much of it still is not.</summary>
    private async ValueTask<int> AttemptAsync(CancellationToken giveUp)
    {
        _batch.BeginAttempt();
        using var activity = SendActivity.Start(_transport.Name, _lane.Delivery, _batch);
        try
        {
            await _transport.SendAsync(_batch.Outgoing, _batch.Outcomes, giveUp).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A transport must not throw; one that does must not end the loop that all events depend on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.TransportThrew(exception, _transport.Name);
        }

        Settle();
        SendActivity.Finish(activity, _batch.Remaining, _lastReason);
        return _batch.Remaining;
    }

    private void Settle()
    {
        var outcomes = _batch.Outcomes.Span;
        var now = _time.GetUtcNow().UtcDateTime;
        var timed = _metrics.RecordsDeliveries;
        for (var i = 0; i < outcomes.Length; i++)
        {
            switch (outcomes[i].Status)
            {
                case DeliveryStatus.Delivered:
                    if (timed)
                        _metrics.RecordDelivery(_lane, now - _batch.SlotOf(i).Time);
                    break;
                case DeliveryStatus.Final:
                    _logger.EventDropped(_batch.SlotOf(i).Id, _batch.SlotOf(i).Prefix.Descriptor.Topic, _transport.Name, outcomes[i].Reason);
                    break;
                default:
                    _lastReason = outcomes[i].Reason ?? "unknown";
                    break;
            }
        }

        _lane.Queue.Settle(outcomes);
        _batch.EndAttempt();
        if (_batch.Settled.Count > 0)
        {
            _lane.Queue.Return(_batch.Settled, _batch.FirstUnsettled);
            _batch.Settled.Clear();
        }
    }

    private ValueTask OnRetry(OnRetryArguments<int> arguments)
    {
        _lane.Queue.CountRetries(_batch.Remaining);
        _logger.Retrying(
            _batch.Remaining, _transport.Name, _lane.Delivery, _lastReason, arguments.AttemptNumber + 1, arguments.RetryDelay);
        return ValueTask.CompletedTask;
    }
}
