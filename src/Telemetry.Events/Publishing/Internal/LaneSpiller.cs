using Telemetry.Events.Spooling;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Writes the events of one lane to its log. What the disk refuses stays in the batch, in its order.</summary>
internal sealed class LaneSpiller(
    DeliveryLane lane, IEventLog log, SendBatch batch, HeldChunks held, ChunkTaker taker, SenderContext context)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    // Guarded by _gate: an event can be committed, sent and settled before its position is noted here.
    private readonly SpooledConfirmations _confirmations = new();

    private TaskCompletionSource _started = LaneWaiters.NewSignal();

    /// <summary>Completes when the first batch is in the log, or refused.</summary>
    public Task Started => _started.Task;

    /// <summary>Whether the disk refused what is in the batch now.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Forgets the last run. Call it before <see cref="RunAsync"/>.</summary>
    public void Prepare()
    {
        _started = LaneWaiters.NewSignal();
        IsRefused = false;
    }

    /// <summary>
    /// Writes what is in the batch, and then all that comes, until <paramref name="stop"/> or until the lane is stopped and empty.
    /// </summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        do
        {
            if (!await WriteAsync(stop, giveUp).ConfigureAwait(false))
                break;
            _started.TrySetResult();
        }
        while (await TakeAsync(stop).ConfigureAwait(false));
        _started.TrySetResult();
    }

    /// <summary>Accounts for outcomes of events that were read from the log.</summary>
    public void Settle(ReadOnlySpan<long> positions, ReadOnlySpan<DeliveryOutcome> outcomes, long settledThrough)
    {
        lock (_gate)
            _confirmations.Complete(positions, outcomes);
        lane.Queue.SettleFromLog(outcomes, settledThrough);
    }

    public void EndConfirmations()
    {
        lock (_gate)
            _confirmations.CompleteAll(DropReasons.Spooled);
    }

    private async ValueTask<bool> TakeAsync(CancellationToken stop)
    {
        if (!await taker.TakeAsync(held.Chunks, stop).ConfigureAwait(false))
            return false;
        batch.Load();
        return true;
    }

    private async Task<bool> WriteAsync(CancellationToken stop, CancellationToken giveUp)
    {
        while (batch.Remaining > 0 || batch.NextSlice(context.Options.MaxBatchEvents))
        {
            var refusal = await WriteSliceAsync().ConfigureAwait(false);
            if (refusal is SpoolRefusal.None or SpoolRefusal.Busy)
            {
                IsRefused = false;
                continue;
            }

            if (!IsRefused)
                context.Logger.SpillRefused(lane.Delivery, lane.Transport.Name, refusal.ToCode());
            IsRefused = true;
            _started.TrySetResult();
            if (giveUp.IsCancellationRequested)
                return false;
            await Task.Delay(RetryInterval, context.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return false;
        }

        batch.Clear();
        return true;
    }

    /// <summary>Appends the slice as far as the log takes it, and waits for the commit.</summary>
    private async ValueTask<SpoolRefusal> WriteSliceAsync()
    {
        long first = 0;
        var appended = 0;
        var refusal = SpoolRefusal.None;
        for (; appended < batch.Remaining; appended++)
        {
            var result = Append(appended);
            refusal = result.Refusal;
            if (refusal != SpoolRefusal.None)
                break;
            if (appended == 0)
                first = result.Position;
        }

        if (appended == 0)
            return refusal;
        var last = first + appended - 1;
        var committed = await log.WaitForCommitAsync(last).ConfigureAwait(false);
        // Nobody else appends: behind a commit that failed nothing is committed yet.
        var durable = committed == SpoolRefusal.None ? appended : (int)Math.Clamp(log.CommittedPosition - first + 1, 0, appended);
        if (durable < appended)
        {
            refusal = committed;
            lock (_gate)
                _confirmations.Forget(first + durable, last);
        }

        if (durable > 0)
            batch.MoveToLog(durable, first + durable - 1);
        return refusal;
    }

    private AppendResult Append(int index)
    {
        var outgoing = batch.Outgoing.Span[index];
        var spooled = new SpooledEvent(outgoing.Id, outgoing.Topic, outgoing.Key, outgoing.Body, batch.TimeOf(index));
        if (batch.ConfirmationOf(index) is not { } confirmation)
            return log.Append(spooled);

        lock (_gate)
        {
            var result = log.Append(spooled);
            if (result.IsAppended)
                _confirmations.Add(result.Position, confirmation, outgoing.Id, outgoing.Topic);
            return result;
        }
    }
}
