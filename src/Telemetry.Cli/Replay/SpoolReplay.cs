using Telemetry.Events.Spooling;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Replay;

/// <summary>Sends logs that were left, one batch at a time and in order, and acknowledges what is settled.</summary>
internal sealed class SpoolReplay(IEventTransport transport, TimeProvider time, bool skipRefused, TextWriter output)
{
    private const int BatchEvents = 1000;
    private const int MaxAttempts = 8;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    private readonly List<SpooledEvent> _open = [];
    private OutgoingEvent[] _outgoing = [];
    private DeliveryOutcome[] _outcomes = [];
    private long _delivered;
    private long _skipped;

    // Whether the last attempt met an event that no later attempt can deliver.
    private bool _refused;

    /// <summary>Whether all of it is settled.</summary>
    public async Task<bool> SendAsync(IReadOnlyList<IEventLogReader> logs, CancellationToken cancellationToken)
    {
        var isSettled = true;
        foreach (var log in logs)
            isSettled = isSettled && await SendAsync(log, cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync($"{_delivered} events delivered by {transport.Name}, {_skipped} given up, {logs.Sum(log => log.Usage.Events)} left")
            .ConfigureAwait(false);
        return isSettled;
    }

    private async Task<bool> SendAsync(IEventLogReader log, CancellationToken cancellationToken)
    {
        for (var batch = log.Read(BatchEvents); !batch.IsEmpty; batch = log.Read(BatchEvents))
        {
            _open.Clear();
            _open.AddRange(batch.Span);
            for (var attempt = 1; _open.Count > 0; attempt++)
            {
                var reason = await AttemptAsync(cancellationToken).ConfigureAwait(false);
                // Up to the first that is open still: what follows it is sent once more by the next replay, under its ids.
                log.Acknowledge(_open.Count == 0 ? batch.Span[^1].Position : _open[0].Position - 1);
                if (_open.Count == 0)
                    break;
                if (attempt == MaxAttempts || _refused || cancellationToken.IsCancellationRequested)
                {
                    await output.WriteLineAsync($"Event {_open[0].Id} for topic {_open[0].Topic} was not delivered: {reason}.").ConfigureAwait(false);
                    return false;
                }

                await Task.Delay(FirstDelay * (1 << (attempt - 1)), time, CancellationToken.None).ConfigureAwait(false);
            }
        }

        return true;
    }

    /// <summary>Sends what is open; what is settled leaves the list. Returns why the first of the rest did.</summary>
    private async Task<string?> AttemptAsync(CancellationToken cancellationToken)
    {
        var count = _open.Count;
        if (_outgoing.Length < count)
            (_outgoing, _outcomes) = (new OutgoingEvent[BatchEvents], new DeliveryOutcome[BatchEvents]);
        for (var i = 0; i < count; i++)
            _outgoing[i] = new OutgoingEvent(_open[i].Id, _open[i].Topic, _open[i].Key, _open[i].Body);
        Array.Clear(_outcomes);
        await transport.SendAsync(_outgoing.AsMemory(0, count), _outcomes.AsMemory(0, count), cancellationToken).ConfigureAwait(false);

        string? reason = null;
        _refused = false;
        for (var i = count - 1; i >= 0; i--)
        {
            var isSettled = _outcomes[i].Status == DeliveryStatus.Delivered || (skipRefused && _outcomes[i].Status == DeliveryStatus.Final);
            if (!isSettled)
            {
                reason = _outcomes[i].Reason;
                _refused |= _outcomes[i].Status == DeliveryStatus.Final;
                continue;
            }

            _delivered += _outcomes[i].Status == DeliveryStatus.Delivered ? 1 : 0;
            _skipped += _outcomes[i].Status == DeliveryStatus.Delivered ? 0 : 1;
            _open.RemoveAt(i);
        }

        return reason;
    }
}
