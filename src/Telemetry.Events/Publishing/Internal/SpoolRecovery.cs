using Telemetry.Events.Spooling;

namespace Telemetry.Events.Publishing;

/// <summary>What earlier processes left on disk, sent before anything newer of the same lane so that keys keep their order.</summary>
/// <remarks>
/// A log goes by the transport that wrote it. Where that is gone, each event goes where its topic and class are sent today; such logs
/// come first, one after the other, and the lanes of their class wait for them.
/// </remarks>
internal sealed class SpoolRecovery
{
    private readonly LaneSet _lanes;
    private readonly SenderContext _context;
    private readonly Task<IReadOnlyList<IEventLogReader>> _found;
    private readonly Dictionary<DeliveryClass, Lazy<Task>> _orphans;

    /// <param name="spool">The spool.</param>
    /// <param name="lanes">The lanes of today.</param>
    /// <param name="context">What senders work with.</param>
    /// <param name="end">Ends the sending of logs whose transport is gone.</param>
    public SpoolRecovery(IEventSpool spool, LaneSet lanes, SenderContext context, CancellationToken end)
    {
        _lanes = lanes;
        _context = context;
        _found = Task.Run(() => TakeOver(spool), CancellationToken.None);
        _orphans = LaneSet.Classes.ToDictionary(
            delivery => delivery, delivery => new Lazy<Task>(() => SendOrphansAsync(delivery, end)));
    }

    /// <summary>Sends what was left for a lane. Call it before the lane's own first event is sent.</summary>
    public async Task SendAsync(Lane lane, BatchSender sender, CancellationToken end)
    {
        var logs = await _found.ConfigureAwait(false);
        await _orphans[lane.Delivery].Value.ConfigureAwait(false);
        foreach (var log in logs.Where(log => log.Delivery == lane.Delivery && log.Transport == lane.Transport.Name))
        {
            if (end.IsCancellationRequested)
                return;
            var batch = new LogBatch(log, (_, outcomes, _) => lane.SettleRecovered(outcomes));
            await new LogSender(log, batch, sender, _context.Options.MaxBatchEvents).RunAsync(end).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a lane has to wait for what was left.</summary>
    public async Task<bool> HasLogsAsync(Lane lane) => (await _found.ConfigureAwait(false))
        .Any(log => log.Delivery == lane.Delivery && (log.Transport == lane.Transport.Name || IsOrphan(log)));

    private IReadOnlyList<IEventLogReader> TakeOver(IEventSpool spool)
    {
        try
        {
            var logs = spool.TakeOver();
            foreach (var log in logs.Where(log => !IsOrphan(log)))
                _lanes.All.First(lane => lane.Delivery == log.Delivery && lane.Transport.Name == log.Transport).CountRecovered(log.Usage.Events);
            return logs;
        }
#pragma warning disable CA1031 // What earlier processes left must not keep this one from sending; it stays for the next start.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _context.Logger.TakeOverFailed(exception);
            return [];
        }
    }

    private bool IsOrphan(IEventLogReader log) => _lanes.All.All(lane => lane.Transport.Name != log.Transport);

    private async Task SendOrphansAsync(DeliveryClass delivery, CancellationToken end)
    {
        var senders = new Dictionary<Lane, BatchSender>();
        foreach (var log in (await _found.ConfigureAwait(false)).Where(log => log.Delivery == delivery && IsOrphan(log)))
        {
            _context.Logger.TransportGone(log.Usage.Events, delivery, log.Transport);
            try
            {
                while (await log.WaitToReadAsync(end).ConfigureAwait(false))
                    await SendRunsAsync(log, log.Read(_context.Options.MaxBatchEvents), senders, end).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Sends events, as many at once as follow each other for one transport.</summary>
    private async Task SendRunsAsync(
        IEventLogReader log, ReadOnlyMemory<SpooledEvent> events, Dictionary<Lane, BatchSender> senders, CancellationToken end)
    {
        for (var start = 0; start < events.Length;)
        {
            var lane = _lanes.For(events.Span[start].Topic, log.Delivery);
            var next = start + 1;
            while (next < events.Length && _lanes.For(events.Span[next].Topic, log.Delivery) == lane)
                next++;
            if (!senders.TryGetValue(lane, out var sender))
                senders.Add(lane, sender = new BatchSender(lane, _context));
            lane.CountRecovered(next - start);
            var batch = new LogBatch(log, (_, outcomes, _) => lane.SettleRecovered(outcomes));
            batch.Load(events.Span[start..next]);
            if (!await sender.SendAsync(batch, end).ConfigureAwait(false))
                end.ThrowIfCancellationRequested();
            start = next;
        }
    }
}
