using Telemetry.Collector.Quotas.Log;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Reservations that come from the state log, and those that are kept no longer.</summary>
internal sealed partial class LedgerShard
{
    public void Restore(UserState user, StateRecord record)
    {
        var id = record.Key[ReservationCodec.Prefix.Length..];
        if (user.Reservations?.Find(id) is { } known)
        {
            if (record.Value.IsEmpty)
                Remove(user, known);
            else
                known.Current = ReservationCodec.Read(record);
        }
        else if (!record.Value.IsEmpty)
        {
            Add(user, ReservationCodec.Read(record));
        }

        Collect(user);
    }

    /// <summary>Those whose end is longer ago than they are kept.</summary>
    public List<(UserState User, ReservationEntry Entry)> Ended(long now)
    {
        var before = Moment(now) - context.Options.ReservationRetention;
        return
        [
            .. _users.All().SelectMany(user => (user.Reservations?.All ?? [])
                .Where(entry => entry.Next is null && entry.Current!.ExpiresAt <= before)
                .Select(entry => (user, entry))),
        ];
    }

    public void Remove(UserState user, ReservationEntry entry)
    {
        user.Reservations!.Remove(entry);
        Counters.Reservations--;
        Collect(user);
    }

    private void Add(UserState user, Reservation reservation)
    {
        var resource = 0;
        while (resource < context.Resources.Count && context.Resources[resource].Name != reservation.Resource)
            resource++;
        // Of a resource that is configured no more: it holds nothing, and goes when its time has come.
        (user.Reservations ??= new UserReservations()).Add(
            new ReservationEntry(resource, reservation.Task, reservation.CreatedAt.ToUnixTimeMilliseconds()) { Current = reservation });
        _ids.Note(reservation.Id);
        Counters.Reservations++;
    }
}
