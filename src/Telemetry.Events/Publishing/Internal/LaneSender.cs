using System.Diagnostics;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Takes batches from one lane and sends each until all its events are settled. One batch at a time, but where the transport takes more and
/// all goes well.
/// </summary>
internal sealed class LaneSender
{
    private readonly DeliveryLane _lane;
    private readonly TelemetryEventsOptions _options;
    private readonly BatchSender _sender;
    private readonly ChunkTaker _taker;
    private readonly HeldChunks _held;
    private readonly SendBatch _batch;
    private readonly ParallelSender? _parallel;
    private readonly LaneSpool? _spool;

    /// <param name="lane">The lane.</param>
    /// <param name="recovery">What earlier processes left; null where there is no spool.</param>
    /// <param name="context">What senders work with.</param>
    public LaneSender(DeliveryLane lane, SpoolRecovery? recovery, SenderContext context)
    {
        _lane = lane;
        _options = context.Options;
        _sender = new BatchSender(lane, context, lane.Trigger);
        _taker = new ChunkTaker(lane, context);
        _held = new HeldChunks(lane.Queue, lane.Sequences.Dropped);
        _batch = new SendBatch(_held);
        var parallelism = lane.Transport.Parallelism;
        if (parallelism.Batches > 1)
            _parallel = new ParallelSender(lane, _held, _sender, parallelism, context);
        if (lane.Trigger is not null && recovery is not null)
            _spool = new LaneSpool(lane, lane.Trigger, _batch, _held, _taker, _sender, recovery, context);
    }

    /// <summary>
    /// Runs until the lane is stopped and empty, or until <paramref name="giveUp"/>, when the rest is spilled; or dropped, where there
    /// is no spool or its disk refuses.
    /// </summary>
    public async Task RunAsync(CancellationToken giveUp)
    {
        // The activity of whoever built the publisher is no parent of what is sent for everyone.
        Activity.Current = null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        var ending = _spool is null ? Task.CompletedTask : _lane.CancelWhenDoneAsync(end, giveUp);
        if (_spool is not null)
            await _spool.RecoverAsync(end.Token, giveUp).ConfigureAwait(false);
        while (_batch.IsLoaded || await _taker.TakeAsync(_held.Chunks, CancellationToken.None).ConfigureAwait(false))
        {
            if (!await SendAsync(giveUp).ConfigureAwait(false) && _spool is not null)
                await _spool.SpillAsync(end.Token, giveUp).ConfigureAwait(false);
            if (giveUp.IsCancellationRequested)
                DropRest();
        }

        await ending.ConfigureAwait(false);
        _spool?.EndConfirmations();
    }

    /// <summary>Sends what the batch or the chunks hold; false where what is left in the batch is to be spilled, or dropped.</summary>
    private async ValueTask<bool> SendAsync(CancellationToken giveUp)
    {
        if (_batch.IsLoaded)
            return await SendBatchAsync(failedSince: null, giveUp).ConfigureAwait(false);
        if (_parallel is null)
        {
            _batch.Load();
            return await SendBatchAsync(failedSince: null, giveUp).ConfigureAwait(false);
        }

        return await _parallel.SendAsync(_batch, giveUp).ConfigureAwait(false)
            || await SendBatchAsync(_parallel.FailedSince, giveUp).ConfigureAwait(false);
    }

    /// <summary>Sends the batch; false where it is to be spilled, or dropped.</summary>
    /// <param name="failedSince">When the attempt began that the batch's slice has behind it, as a timestamp; null where it has none.</param>
    /// <param name="giveUp">Shutdown's time is out.</param>
    private async Task<bool> SendBatchAsync(long? failedSince, CancellationToken giveUp)
    {
        var trigger = _spool?.Trigger;
        while (_batch.Remaining > 0 || _batch.NextSlice(_options.MaxBatchEvents))
        {
            var handover = trigger?.Handover ?? giveUp;
            if (!await _sender.SendAsync(_batch, trigger?.Interrupt ?? giveUp, handover, failedSince).ConfigureAwait(false))
                return false;
            failedSince = null;
            if (!handover.IsCancellationRequested || trigger is null || giveUp.IsCancellationRequested)
                continue;
            var held = _lane.Held;
            if (trigger.IsHalfFull(held.Events, held.Bytes))
                return false;
            // The broker was quicker than the disk would be.
            trigger.Reset(TimeSpan.Zero);
        }

        _batch.Clear();
        return true;
    }

    private void DropRest()
    {
        while (_batch.Remaining > 0 || _batch.NextSlice(_options.MaxBatchEvents))
        {
            _batch.GiveUp(DropReasons.Shutdown);
            _sender.Settle(_batch);
        }

        _batch.Clear();
        _lane.Queue.DropAll(DropReasons.Shutdown);
    }
}
