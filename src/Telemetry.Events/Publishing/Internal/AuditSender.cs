using System.Diagnostics;

namespace Telemetry.Events.Publishing;

/// <summary>Sends what the log of one Audit lane holds, after what earlier processes left.</summary>
internal sealed class AuditSender(AuditLane lane, SpoolRecovery recovery, SenderContext context)
{
    /// <summary>Runs until the lane is stopped and all its events are settled, or until <paramref name="giveUp"/>; the rest stays.</summary>
    public async Task RunAsync(CancellationToken giveUp)
    {
        // The activity of whoever built the publisher is no parent of what is sent for everyone.
        Activity.Current = null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        var sending = SendAsync(end.Token);
        await lane.CancelWhenDoneAsync(end, giveUp).ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        lane.EndConfirmations();
    }

    private async Task SendAsync(CancellationToken end)
    {
        var sender = new BatchSender(lane, context);
        await recovery.SendAsync(lane, sender, end).ConfigureAwait(false);
        await new LogSender(lane.Log!, new LogBatch(lane.Log!, lane.Settle), sender, context.Options.MaxBatchEvents)
            .RunAsync(end).ConfigureAwait(false);
    }
}
