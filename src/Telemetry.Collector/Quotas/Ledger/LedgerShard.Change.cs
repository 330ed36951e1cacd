using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Changes of reservations of users in memory.</summary>
internal sealed partial class LedgerShard
{
    public ReservationStep Settle(UserState user, ReservationEntry entry, long now, QuotaAmount actual)
    {
        if (InTheWay(entry) is { } wait)
            return wait;
        var current = entry.Current!;
        if (current.State == ReservationState.Settled && current.Amount == actual)
            return ReservationStep.Ok(Result(user, entry, now));
        if (current.State != ReservationState.Active || !entry.IsOpen(Moment(now)))
            return Ended(user, entry, now);
        return Begin(user, entry, now, current with
        {
            State = ReservationState.Settled,
            Amount = actual,
            ExpiresAt = Moment(now) + context.Options.SettleGrace,
            Revision = current.Revision + 1,
        });
    }

    public ReservationStep Release(UserState user, ReservationEntry entry, long now)
    {
        if (InTheWay(entry) is { } wait)
            return wait;
        var current = entry.Current!;
        // What has ended holds nothing: released again, nothing is to be done.
        if (!entry.IsOpen(Moment(now)))
            return ReservationStep.Ok(Result(user, entry, now));
        return Begin(user, entry, now, current with
        {
            State = ReservationState.Released,
            ExpiresAt = Moment(now),
            Revision = current.Revision + 1,
        });
    }

    public ReservationStep Extend(UserState user, ReservationEntry entry, long now, QuotaAmount more, TimeSpan? timeToLive)
    {
        if (InTheWay(entry) is { } wait)
            return wait;
        var current = entry.Current!;
        if (current.State != ReservationState.Active || !entry.IsOpen(Moment(now)))
            return Ended(user, entry, now);
        var decision = more > QuotaAmount.Zero ? Check(user, entry.Resource, now, more) : Decide(user, entry.Resource, now, QuotaAmount.Zero);
        if (!decision.IsGranted)
        {
            return ReservationStep.Ok(new ReservationResult(
                null, decision, HeldBy(user, entry.Resource, now), FreesAt(user, entry.Resource, now)));
        }

        var expiry = timeToLive is { } time ? Moment(now) + time : current.ExpiresAt;
        var step = Begin(user, entry, now, current with
        {
            Amount = current.Amount + more,
            ExpiresAt = expiry > current.ExpiresAt ? expiry : current.ExpiresAt,
            Revision = current.Revision + 1,
        });
        var result = step.Answer!.Value.Value!;
        return step with
        {
            Answer = new(QuotaStatus.Ok, result with { Decision = result.Decision with { IsOverLimit = decision.IsOverLimit } }, null),
        };
    }

    /// <summary>The change is in the state log.</summary>
    public void Written(ReservationEntry entry)
    {
        entry.Current = entry.Next;
        Free(entry);
    }

    /// <summary>The change may be in the state log: until that is sure, it is held, and calls about it are refused.</summary>
    public void Doubt(ReservationEntry entry)
    {
        entry.IsUncertain = true;
        Counters.Uncertain++;
        entry.Writing!.TrySetResult();
    }

    /// <summary>The change is surely not in the state log.</summary>
    public void Undo(UserState user, ReservationEntry entry)
    {
        if (entry.Current is null)
        {
            Counters.Reservations--;
            Drop(user, entry);
        }

        Free(entry);
        Collect(user);
    }

    // What came before it counts again, and its consumption is not known any more.
    private static void Drop(UserState user, ReservationEntry entry)
    {
        user.Reservations!.Remove(entry);
        if (entry.Previous is { IsRemoved: false })
            Unload(user);
    }

    private void Free(ReservationEntry entry)
    {
        if (entry.IsUncertain)
            Counters.Uncertain--;
        entry.Next = null;
        entry.IsUncertain = false;
        var writing = entry.Writing;
        entry.Writing = null;
        writing!.TrySetResult();
    }

    private ReservationStep Begin(UserState user, ReservationEntry entry, long now, Reservation next)
    {
        // The answer is how things stand with the change.
        var before = entry.Current;
        entry.Current = next;
        var result = Result(user, entry, now);
        entry.Current = before;
        entry.Next = next;
        entry.Writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return ReservationStep.Ok(result) with { Write = entry };
    }

    private ReservationStep Ended(UserState user, ReservationEntry entry, long now)
    {
        var current = entry.Current!;
        var how = current.State switch
        {
            ReservationState.Released => "was released",
            ReservationState.Settled => "was settled",
            _ => $"expired at {current.ExpiresAt:O}",
        };
        return ReservationStep.Not(QuotaStatus.Conflict, $"The reservation {current.Id} {how}.", Result(user, entry, now));
    }
}
