namespace Telemetry.Events.Publishing;

/// <summary>
/// How one lane leaves memory and comes back. While it spills, all its events go through the log: the spiller writes them, the sender
/// reads them, and both in the order in which they were accepted.
/// </summary>
/// <remarks>
/// The spiller starts with what the sender had not settled, so that nothing newer stands before it in the log. The lane is back in memory
/// when the sender has caught up, the spiller has put down its pen, and what it had written last is sent too.
/// </remarks>
internal sealed class LaneSpool
{
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromSeconds(1);

    private readonly DeliveryLane _lane;
    private readonly SpillTrigger _trigger;
    private readonly BatchSender _sender;
    private readonly SpoolRecovery _recovery;
    private readonly SenderContext _context;
    private readonly LaneSpiller _spiller;
    private readonly LogSender _logSender;

    public LaneSpool(
        DeliveryLane lane,
        SpillTrigger trigger,
        SendBatch batch,
        HeldChunks held,
        ChunkTaker taker,
        BatchSender sender,
        SpoolRecovery recovery,
        SenderContext context)
    {
        var log = lane.Log!;
        _lane = lane;
        _trigger = trigger;
        _sender = sender;
        _recovery = recovery;
        _context = context;
        _spiller = new LaneSpiller(lane, log, batch, held, taker, context);
        _logSender = new LogSender(log, new LogBatch(log, _spiller.Settle), sender, context.Options.MaxBatchEvents);
    }

    public SpillTrigger Trigger => _trigger;

    /// <summary>Sends what earlier processes left. What is published meanwhile goes through the log, behind it.</summary>
    public async Task RecoverAsync(CancellationToken end, CancellationToken giveUp)
    {
        if (await _recovery.HasLogsAsync(_lane).ConfigureAwait(false))
            await RunAsync(() => _recovery.SendAsync(_lane, _sender, end), end, giveUp).ConfigureAwait(false);
    }

    /// <summary>
    /// Spills the batch and all that comes, until the log is sent or <paramref name="end"/>. What the disk refused is in the batch then.
    /// </summary>
    public async Task SpillAsync(CancellationToken end, CancellationToken giveUp)
    {
        var held = _lane.Held;
        _context.Logger.Spilling(_lane.Delivery, _lane.Transport.Name, held.Events, held.Bytes);
        await RunAsync(static () => Task.CompletedTask, end, giveUp).ConfigureAwait(false);
        _context.Logger.SpillEnded(_lane.Delivery, _lane.Transport.Name, _lane.Snapshot().Spooled);
    }

    /// <summary>The sender has ended: who waits for an event of what is left learns that another process will send it.</summary>
    public void EndConfirmations() => _spiller.EndConfirmations();

    private async Task RunAsync(Func<Task> sendFirst, CancellationToken end, CancellationToken giveUp)
    {
        using var stop = new CancellationTokenSource();
        _spiller.Prepare();
        var spilling = _spiller.RunAsync(stop.Token, giveUp);
        try
        {
            await sendFirst().ConfigureAwait(false);
            await _spiller.Started.WaitAsync(end).ConfigureAwait(false);
            await SendLogAsync(end).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await spilling.ConfigureAwait(false);
            await SendLogAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // What is in the log stays there; the spiller puts the rest there too, as the lane is stopped.
            await spilling.ConfigureAwait(false);
        }

        _trigger.Reset(_spiller.IsRefused ? RestAfterRefusal : TimeSpan.Zero);
    }

    private async ValueTask SendLogAsync(CancellationToken end)
    {
        do
            end.ThrowIfCancellationRequested();
        while (await _logSender.SendNextAsync(end).ConfigureAwait(false));
    }
}
