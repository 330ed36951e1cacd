using Telemetry.Collector.Quotas.Ledger;
using static Telemetry.Collector.Tests.Quotas.Ledger.LedgerWorld;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Holding, settling, releasing and extending.</summary>
public class ReservationTests
{
    private readonly LedgerWorld _world = new();

    public ReservationTests() => _world.Book.SetForAll(Monthly(100));

    [Fact]
    public async Task Usage_of_its_task_consumes_a_reservation()
    {
        var reserved = Ok(await _world.ReserveAsync("u", 60, "task"));
        Assert.True(reserved.Decision.IsGranted);
        Assert.Equal(Credits(40), (await _world.CheckAsync("u")).Available);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        _world.Send("u", 25, task: "task");

        var decision = await _world.CheckAsync("u");

        Assert.Equal((Credits(25), Credits(35), Credits(40)), (decision.Used, decision.Reserved, decision.Available));
    }

    [Fact]
    public async Task What_does_not_fit_is_denied_with_who_holds_it()
    {
        await _world.ReserveAsync("u", 60, "one");

        var denied = Ok(await _world.ReserveAsync("u", 41, "two"));

        Assert.Null(denied.Reservation);
        Assert.Equal(("one", Credits(60)), (Assert.Single(denied.HeldBy).Reservation.Task, denied.HeldBy[0].Outstanding));
        Assert.Equal(Start.AddSeconds(60), denied.FreesAt);
    }

    [Fact]
    public async Task An_expired_reservation_holds_nothing()
    {
        await _world.ReserveAsync("u", 60, seconds: 10);
        _world.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Credits(100), (await _world.CheckAsync("u")).Available);
    }

    [Fact]
    public async Task The_same_key_brings_the_same_reservation()
    {
        var first = Ok(await _world.ReserveAsync("u", 60, "task", "key"));
        var again = Ok(await _world.ReserveAsync("u", 60, "task", "key"));

        Assert.Equal(first.Reservation, again.Reservation);
        Assert.Equal(Credits(60), again.Decision.Reserved);
    }

    [Fact]
    public async Task A_second_reservation_of_a_task_is_a_conflict_that_names_the_first()
    {
        var first = Ok(await _world.ReserveAsync("u", 10, "task"));

        var second = await _world.ReserveAsync("u", 10, "task");

        Assert.Equal((QuotaStatus.Conflict, first.Reservation), (second.Status, second.Value?.Reservation));
    }

    [Fact]
    public async Task Settling_holds_the_actual_amount_until_its_usage_has_come_or_the_grace_is_over()
    {
        var id = Ok(await _world.ReserveAsync("u", 60, "task")).Reservation!.Id;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Ok(await _world.Ledger.SettleAsync("u", "cpu", id, Credits(20), default));
        Assert.Equal(Credits(20), (await _world.CheckAsync("u")).Reserved);
        _world.Send("u", 15, task: "task");
        Assert.Equal(Credits(5), (await _world.CheckAsync("u")).Reserved);
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Credits(0), (await _world.CheckAsync("u")).Reserved);
        Assert.Equal(QuotaStatus.Conflict, (await _world.Ledger.SettleAsync("u", "cpu", id, Credits(21), default)).Status);
    }

    [Fact]
    public async Task Releasing_gives_back_and_can_be_repeated()
    {
        var id = Ok(await _world.ReserveAsync("u", 60, "task")).Reservation!.Id;
        Ok(await _world.Ledger.ReleaseAsync("u", "cpu", id, default));
        var again = Ok(await _world.Ledger.ReleaseAsync("u", "cpu", id, default));

        Assert.Equal(ReservationState.Released, again.Reservation!.State);
        Assert.Equal(Credits(100), (await _world.CheckAsync("u")).Available);
        Ok(await _world.ReserveAsync("u", 100, "task"));
    }

    [Fact]
    public async Task Extending_is_a_decision()
    {
        var id = Ok(await _world.ReserveAsync("u", 60, "task")).Reservation!.Id;
        var extended = Ok(await _world.Ledger.ExtendAsync("u", "cpu", id, Credits(40), TimeSpan.FromSeconds(120), default));
        Assert.Equal((Credits(100), Start.AddSeconds(120)), (extended.Reservation!.Amount, extended.Reservation.ExpiresAt));
        Assert.Null(Ok(await _world.Ledger.ExtendAsync("u", "cpu", id, Credits(1), null, default)).Reservation);
    }

    [Fact]
    public async Task While_it_is_written_it_is_held()
    {
        _world.Log.Gate = new TaskCompletionSource();
        var first = _world.ReserveAsync("u", 60, "one").AsTask();
        Assert.False(first.IsCompleted);
        Assert.Null(Ok(await _world.ReserveAsync("u", 60, "two")).Reservation);
        _world.Log.Gate.SetResult();
        Assert.NotNull(Ok(await first).Reservation);
    }

    [Fact]
    public async Task What_was_surely_not_written_is_undone()
    {
        _world.Log.Fails = ScriptedStateLog.Failure.Sure;
        Assert.Equal(QuotaStatus.LogUnavailable, (await _world.ReserveAsync("u", 60, "task", "key")).Status);
        Assert.Equal(Credits(100), (await _world.CheckAsync("u")).Available);
        _world.Log.Fails = ScriptedStateLog.Failure.None;
        Ok(await _world.ReserveAsync("u", 60, "task", "key"));
    }

    [Fact]
    public async Task What_may_be_written_is_held_until_the_correction_is()
    {
        _world.Log.Fails = ScriptedStateLog.Failure.UnknownAndWritten;
        Assert.Equal(QuotaStatus.LogUnavailable, (await _world.ReserveAsync("u", 60, "task", "key")).Status);
        Assert.Equal(Credits(40), (await _world.CheckAsync("u")).Available);
        Assert.Equal(QuotaStatus.LogUnavailable, (await _world.ReserveAsync("u", 60, "task", "key")).Status);
        _world.Log.Fails = ScriptedStateLog.Failure.None;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        // The correction goes on on another thread.
        while ((await _world.CheckAsync("u")).Reserved > Credits(0))
            await Task.Yield();
        Assert.Equal(0, _world.Log.Count);
    }

    [Fact]
    public async Task Reservations_outlive_a_restart()
    {
        var reserved = Ok(await _world.ReserveAsync("u", 60, "task", "key", seconds: 600));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        _world.Send("u", 10, task: "task");
        _world.StoreAll();
        _world.Send("u", 10, task: "task");
        await _world.RestartAsync();

        var decision = await _world.CheckAsync("u");
        Assert.Equal((Credits(20), Credits(40)), (decision.Used, decision.Reserved));
        Assert.Equal(reserved.Reservation, Ok(await _world.ReserveAsync("u", 60, "task", "key")).Reservation);
        Assert.Equal(Credits(40), Ok(await _world.Ledger.FindReservationAsync("u", "cpu", reserved.Reservation!.Id, default)).Outstanding);
    }

    [Fact]
    public async Task Of_a_task_s_reservations_of_one_millisecond_the_last_one_counts_after_a_restart()
    {
        for (var i = 0; i < 20; i++)
        {
            var released = Ok(await _world.ReserveAsync("u", 10, "task")).Reservation!.Id;
            Ok(await _world.Ledger.ReleaseAsync("u", "cpu", released, default));
        }

        Ok(await _world.ReserveAsync("u", 60, "task"));
        _world.Log.Shuffle(new Random(1));
        await _world.RestartAsync();

        Assert.Equal(Credits(60), (await _world.CheckAsync("u")).Reserved);
    }

    [Fact]
    public async Task An_ended_reservation_is_kept_for_a_while()
    {
        var id = Ok(await _world.ReserveAsync("u", 60, "task", "key")).Reservation!.Id;
        _world.Time.Advance(TimeSpan.FromHours(24));
        await _world.Ledger.SweepAsync(default);
        Assert.Equal(Credits(0), Ok(await _world.Ledger.FindReservationAsync("u", "cpu", id, default)).Outstanding);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.Ledger.SweepAsync(default);
        Assert.Equal(QuotaStatus.UnknownReservation, (await _world.Ledger.FindReservationAsync("u", "cpu", id, default)).Status);
        Assert.Equal(0, _world.Log.Count);
    }
}
