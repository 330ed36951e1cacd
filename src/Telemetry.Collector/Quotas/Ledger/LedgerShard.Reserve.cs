using System.Text;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Reading;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>New reservations of users in memory.</summary>
internal sealed partial class LedgerShard
{
    /// <summary>Decides, and holds what is granted.</summary>
    public ReservationStep Reserve(UserState user, ReserveCall call, long now)
    {
        var (request, index) = (call.Request, call.Resource);
        var reservations = user.Reservations ??= new UserReservations();
        if (request.IdempotencyKey is { } key && reservations.FindKey(key) is { } same)
            return Repeat(user, same, now);
        var task = TextKey.OfTask(Encoding.UTF8.GetBytes(request.Task));
        if (reservations.FindTask(index, task) is { } last && Holds(last, now))
        {
            return InTheWay(last) ?? ReservationStep.Not(
                QuotaStatus.Conflict, Sentence(last.Current!), Result(user, last, now));
        }

        reservations.Prune(Moment(now));
        if (NeedsProbe(user, call, task, now) is { } probing)
            return probing;
        var decision = Check(user, index, now, request.Amount);
        if (!decision.IsGranted)
            return ReservationStep.Ok(new ReservationResult(null, decision, HeldBy(user, index, now), FreesAt(user, index, now)));
        var entry = call.Probe ?? new ReservationEntry(index, request.Task, now) { Consumed = ConsumedSince(user, index, task, now) };
        var created = Moment(entry.CreatedAt);
        entry.Writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        entry.Next = new Reservation
        {
            Id = _ids.Next(now),
            User = request.User,
            Resource = request.Resource,
            Task = request.Task,
            IdempotencyKey = request.IdempotencyKey,
            Amount = request.Amount,
            State = ReservationState.Active,
            CreatedAt = created,
            ExpiresAt = Moment(now) + request.TimeToLive,
            Revision = 1,
        };
        reservations.Add(entry);
        call.Probe = null;
        Counters.Reservations++;
        var after = Decide(user, index, now, QuotaAmount.Zero);
        return new ReservationStep(
            new QuotaAnswer<ReservationResult>(
                QuotaStatus.Ok,
                new ReservationResult(entry.Next, after with { IsOverLimit = decision.IsOverLimit }, [], null),
                null),
            entry);
    }

    /// <summary>The call is over: a probe of it that became no reservation goes.</summary>
    public void EndCall(UserState user, ReserveCall call)
    {
        if (call.Probe is not { IsRemoved: false } probe)
            return;
        Drop(user, probe);
        Collect(user);
    }

    // Events of this time or later may be in the store already, by the clock of whoever sent them. What of them is the task's usage
    // has to be asked.
    private ReservationStep? NeedsProbe(UserState user, ReserveCall call, UInt128 task, long now)
    {
        var reservations = user.Reservations!;
        if (call.Probe is { IsMeasured: true } || (call.Probe is null && Math.Max(user.LatestStored, Math.Min(user.Latest, _latestLeft)) < now))
            return null;
        var other = reservations.FindTask(call.Resource, task);
        if (call.Probe is null && other is not null && reservations.IsProbe(other))
            return new ReservationStep(null, WaitFor: other.Probing!.Task);
        if (call.Probe is null)
        {
            call.Probe = new ReservationEntry(call.Resource, call.Request.Task, now)
            {
                Probing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            };
            reservations.AddProbe(call.Probe);
        }

        Unload(user);
        return new ReservationStep(null, WaitFor: Task.CompletedTask);
    }

    // At most one reservation of a task holds something: usage of the task could not be told apart.
    private static bool Holds(ReservationEntry entry, long now)
    {
        var moment = Moment(now);
        return entry.Next is not null ||
            (entry.IsOpen(moment) && (entry.Current!.State == ReservationState.Active || entry.Outstanding(moment) > QuotaAmount.Zero));
    }

    private static string Sentence(Reservation reservation) => reservation.State == ReservationState.Active
        ? $"The task has the reservation {reservation.Id} until {reservation.ExpiresAt:O}; extend, settle or release it."
        : $"The reservation {reservation.Id} of the task is settled, and holds what is not seen as usage yet until {reservation.ExpiresAt:O}; release it, or wait.";

    private static ReservationStep? InTheWay(ReservationEntry entry) => entry switch
    {
        { IsUncertain: true } => ReservationStep.Not(
            QuotaStatus.LogUnavailable, $"Whether the last change of the reservation {entry.Latest.Id} is in the state log is not known yet."),
        { Writing: { } writing } => new ReservationStep(null, WaitFor: writing.Task),
        _ => null,
    };

    private ReservationStep Repeat(UserState user, ReservationEntry entry, long now) =>
        InTheWay(entry) ?? ReservationStep.Ok(Result(user, entry, now));

    private ReservationResult Result(UserState user, ReservationEntry entry, long now) =>
        new(entry.Latest, Decide(user, entry.Resource, now, QuotaAmount.Zero), [], null);

    // Usage with a time that is still to come, by the clock of whoever sent it.
    private QuotaAmount ConsumedSince(UserState user, int index, UInt128 task, long since)
    {
        var sum = QuotaAmount.Zero;
        if (user.Latest < since)
            return sum;
        foreach (var place in _tail.Find(user.Key))
        {
            ref var entry = ref _tail.At(place);
            if (entry.IsCounted && entry.Resource == index && entry.Task == task && entry.Time >= since)
                sum += entry.Amount;
        }

        return sum;
    }
}
