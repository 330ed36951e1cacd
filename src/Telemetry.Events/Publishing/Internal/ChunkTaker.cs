namespace Telemetry.Events.Publishing;

/// <summary>Waits for events of one lane and takes them. One caller at a time.</summary>
internal sealed class ChunkTaker(DeliveryLane lane, SenderContext context)
{
    private readonly TimeSpan _batchDelay = context.Options.BatchDelay;

    /// <summary>Fills the empty list; false when the lane is stopped and empty, or <paramref name="end"/> came before an event did.</summary>
    public async ValueTask<bool> TakeAsync(List<EventChunk> chunks, CancellationToken end = default)
    {
        var queue = lane.Queue;
        var delayed = _batchDelay == TimeSpan.Zero;
        while (!end.IsCancellationRequested)
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
            lane.SealAll();
            queue.Take(chunks);
            if (chunks.Count > 0 || stopped)
            {
                queue.CancelWait();
                return chunks.Count > 0;
            }

            // Nothing anywhere: sleep until the first event, and then give it company.
            await wake.WaitAsync(end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delayed = _batchDelay == TimeSpan.Zero;
        }

        queue.CancelWait();
        return false;
    }

    /// <summary>Waits the batch delay, or less where a chunk is sealed meanwhile.</summary>
    private async Task DelayAsync(Task wake)
    {
        try
        {
            await wake.WaitAsync(_batchDelay, context.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The delay is over: take what there is.
        }
    }
}
