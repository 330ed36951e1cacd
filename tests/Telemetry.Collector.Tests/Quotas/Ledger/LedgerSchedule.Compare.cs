using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>All answers against the model's, and the steps during which they cannot be asked.</summary>
internal sealed partial class LedgerSchedule
{
    // Without the store, and while more was let go than it has, there may be no answer; but never another one.
    private bool MayHaveNoAnswer => _world.Store.Fails || _world.Options.MaxTailEvents < 1000;

    private bool IsNoAnswer(QuotaStatus status)
    {
        if (status != QuotaStatus.StoreUnavailable)
            return false;
        Assert.True(MayHaveNoAnswer, "There is no answer although nothing stands in the way.");
        return true;
    }

    private async Task CompareAsync(bool compareReservations = true)
    {
        foreach (var user in Users)
        {
            foreach (var resource in (string[])["cpu", "gpu"])
            {
                if (Chance(3))
                    continue;
                var amount = LedgerWorld.Credits(AnyCredits());
                var check = await _world.Ledger.CheckAsync(user, null, resource, amount, default);
                if (IsNoAnswer(check.Status))
                    continue;
                Assert.Equal(_model.Decide(user, resource, amount), LedgerWorld.Ok(check));
                if (compareReservations && Chance(3))
                    await CompareBalanceAsync(user, resource);
            }
        }
    }

    private async Task CompareBalanceAsync(string user, string resource)
    {
        var answer = await _world.Ledger.GetBalanceAsync(user, null, resource, default);
        if (IsNoAnswer(answer.Status))
            return;
        var balance = LedgerWorld.Ok(answer);
        var policy = _world.Book.Resolve(user, null, resource);
        var expected = _model.BurnDown.Evaluate(policy, [.. _model.EventsOf(user, resource).Select(sent => (sent.Time, sent.Amount))], _world.Now);
        Assert.Equal(_model.Decide(user, resource, QuotaAmount.Zero), balance.Decision);
        Assert.Equal(expected.Overage, balance.Overage);
        Assert.Equal(expected.Grants, balance.Grants.Aggregate(QuotaAmount.Zero, (sum, grant) => sum + grant.Remaining));
        var held = _model.Reservations
            .Where(held => held.Reservation.User == user && held.Reservation.Resource == resource && _model.Outstanding(held) > QuotaAmount.Zero)
            .Select(held => new HeldAmount(held.Reservation, _model.Outstanding(held))).ToHashSet();
        Assert.Equal(held, balance.HeldBy.ToHashSet());
        foreach (var reservation in _model.Reservations.Where(held => held.Reservation.User == user && held.Reservation.Resource == resource))
        {
            var found = await _world.Ledger.FindReservationAsync(user, resource, reservation.Reservation.Id, default);
            Assert.Equal(new HeldAmount(reservation.Reservation, _model.Outstanding(reservation)), LedgerWorld.Ok(found));
        }
    }

    // While a user's query runs, the world goes on.
    private async Task DuringALoadAsync()
    {
        var user = Any(Users);
        Note($"load {user} {{");
        _world.Ledger.InvalidateAll();
        _world.Store.Gate = new TaskCompletionSource();
        var checks = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _world.Ledger.CheckAsync(user, null, "cpu", QuotaAmount.Zero, default).AsTask()).ToList();
        for (var i = _random.Next(6); i > 0; i--)
        {
            switch (_random.Next(7))
            {
                case 0: StoreSome(); break;
                case 1: StoreAll(); break;
                case 2: SendAgain(); break;
                case 3 when Chance(2): Invalidate(); break;
                case 4 when Chance(2): Pass(); break;
                case 5 when Chance(2): ChangeLimit(); break;
                default: Send(user, AnyCredits(), $"id-{_ids++}", AnyTime()); break;
            }
        }

        _world.Store.Gate.SetResult();
        _world.Store.Gate = null;
        foreach (var check in checks)
        {
            if (!IsNoAnswer((await check).Status))
                Assert.Equal(_model.Decide(user, "cpu", QuotaAmount.Zero), LedgerWorld.Ok(await check));
        }

        Note("}");
    }

    // The store is ahead of this stream: rows below its positions come later here.
    private async Task StreamBehindAsync()
    {
        Note("stream behind {");
        _world.IsStreamPaused = true;
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            if (Chance(4))
                SendAgain();
            else
                Send();
            if (Chance(3))
                StoreSome();
            if (Chance(3))
                await _world.Ledger.CheckAsync(Any(Users), null, "cpu", QuotaAmount.Zero, default);
        }

        _world.IsStreamPaused = false;
        Note("}");
    }

    private async Task RestartAsync()
    {
        Note("restart");
        await _world.RestartAsync();
    }

    private async Task SweepAsync()
    {
        Note("sweep");
        await _world.Ledger.SweepAsync(default);
        _model.Reservations.RemoveAll(held =>
            held.Reservation.ExpiresAt <= _world.Time.GetUtcNow() - _world.Options.ReservationRetention);
    }
}
