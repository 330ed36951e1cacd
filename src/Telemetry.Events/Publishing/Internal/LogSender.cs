using Telemetry.Events.Spooling;

namespace Telemetry.Events.Publishing;

/// <summary>Sends what a log holds, in its order.</summary>
internal sealed class LogSender(IEventLogReader log, LogBatch batch, BatchSender sender, int maxEvents)
{
    /// <summary>Runs until nothing will ever come again, or until <paramref name="end"/>.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        try
        {
            while (await log.WaitToReadAsync(end).ConfigureAwait(false))
                await SendNextAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // What is not settled stays in the log.
        }
    }

    /// <summary>Sends what can be read at once; false where nothing can.</summary>
    public async ValueTask<bool> SendNextAsync(CancellationToken end)
    {
        var events = log.Read(maxEvents);
        if (events.IsEmpty)
            return false;
        batch.Load(events.Span);
        if (!await sender.SendAsync(batch, end).ConfigureAwait(false))
            end.ThrowIfCancellationRequested();
        return true;
    }
}
