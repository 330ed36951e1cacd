using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;
using Failure = Telemetry.Collector.Tests.Quotas.Ledger.ScriptedStateLog.Failure;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Steps with reservations, and what the model makes of them.</summary>
internal sealed partial class LedgerSchedule
{
    private async Task ReserveAsync()
    {
        var (user, resource, task) = (Any(Users), Chance(4) ? "gpu" : "cpu", Any(Tasks));
        var (credits, key) = (AnyCredits(), Chance(2) ? $"key-{_random.Next(6)}" : null);
        var seconds = _random.Next(1, 4000);
        var failure = AnyFailure();
        Note($"reserve {user} {resource} {task} {credits} {key} {seconds} s, log {failure}");
        var same = key is null ? null : _model.Reservations.LastOrDefault(held => held.Reservation.User == user && held.Reservation.IdempotencyKey == key);
        var last = _model.LastOf(user, resource, task);
        var decision = _model.Decide(user, resource, LedgerWorld.Credits(credits));
        var answer = await WithLogAsync(failure, () => _world.ReserveAsync(user, credits, task, key, seconds, resource));
        if (IsNoAnswer(answer.Status))
            return;
        if (same is not null)
        {
            Assert.Equal(same.Reservation, LedgerWorld.Ok(answer).Reservation);
        }
        else if (last is not null && _model.IsOpen(last.Reservation) &&
            (last.Reservation.State == ReservationState.Active || _model.Outstanding(last) > QuotaAmount.Zero))
        {
            Assert.Equal((QuotaStatus.Conflict, last.Reservation), (answer.Status, answer.Value!.Reservation));
        }
        else if (!decision.IsGranted)
        {
            Assert.Null(LedgerWorld.Ok(answer).Reservation);
            Assert.Equal(decision, answer.Value!.Decision);
        }
        else if (failure == Failure.None)
        {
            var reservation = LedgerWorld.Ok(answer).Reservation!;
            Assert.Equal((user, resource, task, LedgerWorld.Credits(credits), key), (
                reservation.User, reservation.Resource, reservation.Task, reservation.Amount, reservation.IdempotencyKey));
            Assert.Equal((_world.Now, seconds), (
                reservation.CreatedAt.ToUnixTimeMilliseconds(), (reservation.ExpiresAt - reservation.CreatedAt).TotalSeconds));
            _model.Reservations.Add(new(reservation));
            Assert.Equal(
                _model.Decide(user, resource, QuotaAmount.Zero) with { IsOverLimit = decision.IsOverLimit }, answer.Value!.Decision);
        }
        else
        {
            await FailedAsync(answer, failure, user, null, () => new Reservation
            {
                Id = "?", User = user, Resource = resource, Task = task, IdempotencyKey = key, Amount = LedgerWorld.Credits(credits),
                State = ReservationState.Active, CreatedAt = _world.Time.GetUtcNow(), ExpiresAt = _world.Time.GetUtcNow().AddSeconds(seconds), Revision = 1,
            });
        }
    }

    private Task SettleAsync()
    {
        var actual = LedgerWorld.Credits(Chance(5) ? 0 : AnyCredits());
        return ChangeAsync(
            $"settle {actual}",
            held => _world.Ledger.SettleAsync(held.User, held.Resource, held.Id, actual, default),
            held => held.State == ReservationState.Settled && held.Amount == actual ? held
                : held.State != ReservationState.Active || !_model.IsOpen(held) ? null
                : held with { State = ReservationState.Settled, Amount = actual, ExpiresAt = _world.Time.GetUtcNow() + _world.Options.SettleGrace, Revision = held.Revision + 1 });
    }

    private Task ReleaseAsync() => ChangeAsync(
        "release",
        held => _world.Ledger.ReleaseAsync(held.User, held.Resource, held.Id, default),
        held => !_model.IsOpen(held) ? held
            : held with { State = ReservationState.Released, ExpiresAt = _world.Time.GetUtcNow(), Revision = held.Revision + 1 });

    private Task ExtendAsync()
    {
        var more = LedgerWorld.Credits(Chance(3) ? 0 : AnyCredits());
        TimeSpan? time = Chance(2) ? TimeSpan.FromSeconds(_random.Next(1, 4000)) : null;
        return ChangeAsync(
            $"extend {more} {time}",
            held => _world.Ledger.ExtendAsync(held.User, held.Resource, held.Id, more, time, default),
            held =>
            {
                if (held.State != ReservationState.Active || !_model.IsOpen(held))
                    return null;
                var expiry = time is { } longer ? _world.Time.GetUtcNow() + longer : held.ExpiresAt;
                return held with { Amount = held.Amount + more, ExpiresAt = expiry > held.ExpiresAt ? expiry : held.ExpiresAt, Revision = held.Revision + 1 };
            },
            held => more == QuotaAmount.Zero || _model.Decide(held.User, held.Resource, more).IsGranted);
    }

    // The model's next state of the reservation is null where it has ended.
    private async Task ChangeAsync(
        string what,
        Func<Reservation, ValueTask<QuotaAnswer<ReservationResult>>> call,
        Func<Reservation, Reservation?> change,
        Func<Reservation, bool>? isGranted = null)
    {
        if (_model.Reservations.Count == 0)
            return;
        var index = _random.Next(_model.Reservations.Count);
        var held = _model.Reservations[index].Reservation;
        var failure = AnyFailure();
        Note($"{what} {held.User} {held.Resource} {held.Task} {held.Id}, log {failure}");
        var next = change(held);
        var granted = isGranted?.Invoke(held) ?? true;
        var answer = await WithLogAsync(failure, () => call(held));
        if (IsNoAnswer(answer.Status))
            return;
        if (next is null)
        {
            Assert.Equal(QuotaStatus.Conflict, answer.Status);
        }
        else if (!granted)
        {
            Assert.Null(LedgerWorld.Ok(answer).Reservation);
        }
        else if (failure == Failure.None || next == held)
        {
            Assert.Equal(next, LedgerWorld.Ok(answer).Reservation);
            _model.Reservations[index] = new(next);
        }
        else
        {
            await FailedAsync(answer, failure, held.User, index, () => next);
        }
    }

    // The log has failed: what surely was not written is undone; what may be is held until the log is corrected, or the process ends.
    private async Task FailedAsync(
        QuotaAnswer<ReservationResult> answer, Failure failure, string user, int? index, Func<Reservation> next)
    {
        Assert.Equal(QuotaStatus.LogUnavailable, answer.Status);
        if (failure == Failure.Sure)
            return;
        var before = index is { } known ? _model.Reservations[known] : null;
        var uncertain = before is null ? new ReferenceModel.Held(next()) : before with { Uncertain = next() };
        var at = index ?? _model.Reservations.Count;
        if (before is null)
            _model.Reservations.Add(uncertain);
        else
            _model.Reservations[at] = uncertain;
        await CompareAsync(compareReservations: false);
        if (Chance(2))
        {
            Note("restart while uncertain");
            await _world.RestartAsync();
            if (failure == Failure.UnknownAndLost)
                Restore(at, before);
            else if (before is null)
                _model.Reservations[at] = new(_world.Log.All().Single(written => _model.Reservations.All(held => held.Reservation.Id != written.Id)));
            else
                _model.Reservations[at] = new(uncertain.Uncertain!);
            return;
        }

        while (_world.Ledger.UncertainReservations > 0)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Note($"corrected by {_world.Time.GetUtcNow():O}");
        Restore(at, before);
    }

    private void Restore(int index, ReferenceModel.Held? before)
    {
        if (before is null)
            _model.Reservations.RemoveAt(index);
        else
            _model.Reservations[index] = before;
    }

    private Failure AnyFailure() => Chance(5) ? Any([Failure.Sure, Failure.UnknownAndLost, Failure.UnknownAndWritten]) : Failure.None;

    private async Task<T> WithLogAsync<T>(Failure failure, Func<ValueTask<T>> action)
    {
        _world.Log.Fails = failure;
        var result = await action();
        _world.Log.Fails = Failure.None;
        return result;
    }
}
