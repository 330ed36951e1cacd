using System.Diagnostics;

namespace Telemetry.Events.Publishing;

/// <summary>Takes batches from one lane and sends each until all its events are settled. One batch at a time.</summary>
internal sealed class LaneSender
{
    private readonly DeliveryLane _lane;
    private readonly TelemetryEventsOptions _options;
    private readonly TimeProvider _time;
    private readonly BatchSender _sender;

    // Owned by the loop.
    private readonly SendBatch _batch;

    public LaneSender(DeliveryLane lane, SenderContext context)
    {
        _lane = lane;
        _options = context.Options;
        _time = context.Time;
        _sender = new BatchSender(lane, context);
        _batch = new SendBatch(lane.Queue);
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
            if (await _sender.SendAsync(_batch, giveUp).ConfigureAwait(false))
                continue;
            _batch.GiveUp(DropReasons.Shutdown);
            _sender.Settle(_batch);
        }

        _batch.Clear();
    }
}
