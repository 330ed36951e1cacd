using System.Threading.Channels;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Sends what a lane holds in several batches at a time, each of other keys, for as long as all goes well. Owned by the lane's sender.
/// </summary>
/// <remarks>
/// <para>A group of keys has one batch in flight at most, so that batches cannot overtake each other within a key. The next batch of a group is
/// composed while other groups' are in flight.</para>
/// <para>Where an event is not settled by its first attempt, or the lane turns to its log, no batch begins any more; when those in flight
/// have ended, all that is left is one batch again, which is sent, spilled or given up by whoever does that for one batch at a time.</para>
/// </remarks>
internal sealed class ParallelSender
{
    private readonly DeliveryLane _lane;
    private readonly HeldChunks _held;
    private readonly BatchSender _sender;
    private readonly TimeProvider _time;
    private readonly int _maxBatchEvents;
    private readonly int _eventsPerBatch;
    private readonly KeyGroups _groups;
    private readonly bool[] _inFlight;
    private readonly long[] _startedAt;
    private readonly Channel<int> _ended;
    private int _countInFlight;

    // A batch of all keys is in flight: what fits into one is not divided.
    private bool _isWhole;
    private bool _stopping;

    /// <param name="lane">The lane.</param>
    /// <param name="held">Where the lane's chunks are while they are sent.</param>
    /// <param name="sender">Makes the attempts.</param>
    /// <param name="parallelism">What the transport takes: more than one batch.</param>
    /// <param name="context">What senders work with.</param>
    public ParallelSender(DeliveryLane lane, HeldChunks held, BatchSender sender, SendParallelism parallelism, SenderContext context)
    {
        _lane = lane;
        _held = held;
        _sender = sender;
        _time = context.Time;
        _maxBatchEvents = context.Options.MaxBatchEvents;
        _eventsPerBatch = Math.Clamp(parallelism.EventsPerBatch, 1, _maxBatchEvents);
        _groups = new KeyGroups(held, parallelism.Batches, _eventsPerBatch);
        _inFlight = new bool[parallelism.Batches];
        _startedAt = new long[parallelism.Batches];
        // Whoever ends a batch goes on with the next one itself: the hand-over to another thread would leave the transport without work.
        _ended = Channel.CreateUnbounded<int>(
            new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
    }

    /// <summary>When the first attempt began that left events unsettled, as a timestamp; null where none did.</summary>
    public long? FailedSince { get; private set; }

    /// <summary>
    /// Sends the chunks that were taken, and what comes meanwhile; true when all is settled. False where something is left, in
    /// <paramref name="rest"/>: its slice is what was tried already.
    /// </summary>
    public async ValueTask<bool> SendAsync(SendBatch rest, CancellationToken giveUp)
    {
        FailedSince = null;
        _stopping = false;
        _isWhole = _held.CountAdded() <= _eventsPerBatch;
        if (_isWhole)
            _groups.TakeWhole();
        else
            _groups.Divide();
        while (true)
        {
            if (!_stopping)
                StartReady(giveUp);
            if (_countInFlight > 0)
                End(await _ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false));
            else if (!GoesOn(giveUp))
                break;
        }

        if (FailedSince is null && _groups.Waiting == 0)
        {
            _groups.Clear();
            return true;
        }

        Leave(rest);
        return false;
    }

    private void Leave(SendBatch rest)
    {
        var failed = rest.TakeOver(_groups.All);
        if (failed == 0)
            return;
        rest.NextSlice(Math.Min(failed, _maxBatchEvents));
        // What the slice holds is counted by whoever sends it again.
        if (failed > rest.Remaining)
            _lane.CountRetries(failed - rest.Remaining);
    }

    private CancellationToken Handover(CancellationToken giveUp) => _lane.Trigger?.Handover ?? giveUp;

    /// <summary>Nothing is in flight: whether batches may begin again.</summary>
    private bool GoesOn(CancellationToken giveUp)
    {
        if (FailedSince is not null || _groups.Waiting == 0 || giveUp.IsCancellationRequested || _lane.Trigger is not { } trigger)
            return false;
        var held = _lane.Held;
        if (trigger.IsHalfFull(held.Events, held.Bytes))
            return false;
        // The broker was quicker than the disk would be.
        trigger.Reset(TimeSpan.Zero);
        _stopping = false;
        return true;
    }

    private void StartReady(CancellationToken giveUp)
    {
        do
        {
            for (var i = 0; i < _inFlight.Length; i++)
            {
                if (Handover(giveUp).IsCancellationRequested)
                {
                    _stopping = true;
                    return;
                }

                if (!_inFlight[i] && _groups.All[i].NextSlice(_eventsPerBatch))
                    Start(i, giveUp);
            }
        }
        while (TakeMore());
    }

    /// <summary>
    /// Takes events for groups that have none; false where there are no such groups, or enough events wait in the others, or too few have come
    /// for a batch: those then go in the next one together.
    /// </summary>
    private bool TakeMore()
    {
        if (_isWhole
            || _countInFlight == 0
            || _countInFlight == _inFlight.Length
            || _groups.Waiting > _inFlight.Length * _eventsPerBatch
            || _lane.Queue.SealedEvents < _eventsPerBatch)
        {
            return false;
        }

        _lane.TakeAll(_held.Chunks);
        _groups.Divide();
        return true;
    }

    private void Start(int group, CancellationToken giveUp)
    {
        _inFlight[group] = true;
        _countInFlight++;
        _startedAt[group] = _time.GetTimestamp();
        _ = RunAsync(group, _lane.Trigger?.Interrupt ?? giveUp);
    }

    private async Task RunAsync(int group, CancellationToken endAttempt)
    {
        await _sender.TryAsync(_groups.All[group], endAttempt).ConfigureAwait(false);
        _ended.Writer.TryWrite(group);
    }

    private void End(int group)
    {
        _inFlight[group] = false;
        _countInFlight--;
        var batch = _groups.All[group];
        // Not before its last slice: events of large bodies may take several.
        _isWhole &= batch.Waiting > 0;
        batch.Settle();
        if (batch.Remaining == 0)
            return;
        _stopping = true;
        FailedSince = Math.Min(FailedSince ?? long.MaxValue, _startedAt[group]);
    }
}
