using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Reading;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Reservations in the state log.</summary>
internal sealed partial class QuotaLedger
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Reservations of which it is not known whether the log has their last change.</summary>
    public long UncertainReservations => _shards.Sum(shard => shard.Counters.Uncertain);

    /// <summary>Takes a record of the log's replay, if it is a reservation.</summary>
    /// <exception cref="System.Text.Json.JsonException">The record cannot be read.</exception>
    public void Restore(StateRecord record)
    {
        if (!record.Key.StartsWith(ReservationCodec.Prefix, StringComparison.Ordinal))
            return;
        using var name = new Utf8Text(record.Owner, stackalloc byte[Utf8Text.StackLength]);
        var key = TextKey.OfUser(name.Span);
        var shard = ShardOf(key);
        lock (shard.Lock)
            shard.Restore(shard.Enter(key, name.Span), record);
    }

    /// <summary>The replay is complete.</summary>
    public void Restored()
    {
        _isRestored = true;
        Start();
    }

    /// <summary>Removes reservations from the log and from memory whose end is longer ago than they are kept.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var shard in _shards)
        {
            List<(UserState User, ReservationEntry Entry)> ended;
            lock (shard.Lock)
                ended = shard.Ended(_context.Now);
            foreach (var records in ended.Chunk(1000))
            {
                await _log.AppendAsync(
                    [.. records.Select(record => ReservationCodec.Remove(record.Entry.Current!))], cancellationToken).ConfigureAwait(false);
                lock (shard.Lock)
                {
                    foreach (var (user, entry) in records)
                        shard.Remove(user, entry);
                }
            }
        }
    }

    // What keeps it from being written, or null when it is.
    private async Task<string?> WriteAsync(string user, ReservationEntry entry)
    {
        StateLogException? failure = null;
        try
        {
            await _log.AppendAsync([ReservationCodec.Write(entry.Next!)], CancellationToken.None).ConfigureAwait(false);
        }
        catch (StateLogException exception)
        {
            failure = exception;
        }
#pragma warning disable CA1031 // Whatever a log throws: it may have written the record.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = new StateLogException(exception.Message, isOutcomeUnknown: true, exception);
        }

        Finish(user, entry, failure);
        if (failure is { IsOutcomeUnknown: true })
            _ = CorrectAsync(user, entry);
        return failure is null ? null : $"The state log does not take the reservation: {failure.Message}";
    }

    private void Finish(string user, ReservationEntry entry, StateLogException? failure) => OnUser(user, (shard, state) =>
    {
        if (failure is null)
            shard.Written(entry);
        else if (failure.IsOutcomeUnknown)
            shard.Doubt(entry);
        else
            shard.Undo(state, entry);
    });

    private void OnUser(string user, Action<LedgerShard, UserState> action)
    {
        using var name = new Utf8Text(user, stackalloc byte[Utf8Text.StackLength]);
        var key = TextKey.OfUser(name.Span);
        var shard = ShardOf(key);
        lock (shard.Lock)
            action(shard, shard.Enter(key, name.Span));
    }

    // The record may be there. It is held until the log surely says again what was answered: nothing.
    private async Task CorrectAsync(string user, ReservationEntry entry)
    {
        var correction = entry.Current is { } before ? ReservationCodec.Write(before) : ReservationCodec.Remove(entry.Next!);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, _time, CancellationToken.None).ConfigureAwait(false);
            try
            {
                await _log.AppendAsync([correction], CancellationToken.None).ConfigureAwait(false);
                Finish(user, entry, new StateLogException("", isOutcomeUnknown: false));
                return;
            }
#pragma warning disable CA1031 // It is tried until it is written.
            catch (Exception)
#pragma warning restore CA1031
            {
                continue;
            }
        }
    }

    private bool HasReservation(string user, int index, string reservation)
    {
        using var name = new Utf8Text(user, stackalloc byte[Utf8Text.StackLength]);
        var key = TextKey.OfUser(name.Span);
        var shard = ShardOf(key);
        lock (shard.Lock)
            return shard.Find(key, name.Span)?.Reservations?.Find(reservation) is { } entry && entry.Resource == index;
    }
}
