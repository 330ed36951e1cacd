using Telemetry.Collector.Quotas.Ledger;
using static Telemetry.Collector.Tests.Quotas.Ledger.LedgerWorld;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Usage, loads and balances.</summary>
public class QuotaLedgerTests
{
    private readonly LedgerWorld _world = new();

    public QuotaLedgerTests() => _world.Book.SetForAll(Monthly(100));

    [Fact]
    public async Task Usage_in_the_store_and_in_the_tail_is_counted_once()
    {
        _world.Send("u", 10, id: "a");
        _world.StoreAll();
        _world.Send("u", 5, id: "b");
        _world.Send("u", 10, id: "a");

        Assert.Equal(Credits(15), (await _world.CheckAsync("u")).Used);
        Assert.Equal(UsageOutcome.Duplicate, _world.Send("u", 5, id: "b"));
        Assert.Equal(UsageOutcome.Duplicate, _world.Send("u", 10, id: "a"));
        Assert.Equal(UsageOutcome.Counted, _world.Send("u", 1));
        _world.StoreAll();
        Assert.Equal(Credits(16), (await _world.CheckAsync("u")).Used);
        Assert.Equal(1, _world.Store.Queries);
    }

    [Fact]
    public async Task A_hard_limit_denies_what_goes_beyond_it()
    {
        _world.Send("u", 60);

        Assert.True((await _world.CheckAsync("u", 40)).IsGranted);
        Assert.False((await _world.CheckAsync("u", 40.000000000001m)).IsGranted);
    }

    [Fact]
    public async Task A_user_in_memory_is_answered_at_once_and_without_allocation()
    {
        _world.Send("u", 60);
        await _world.CheckAsync("u");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = _world.Ledger.CheckAsync("u", null, "cpu", Credits(41), default);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.False((await answer).Value.IsGranted);
        Assert.Equal(1, _world.Store.Queries);
    }

    [Fact]
    public async Task A_soft_limit_flags_what_goes_beyond_it()
    {
        _world.Book.SetForAll(Monthly(100, isHard: false));
        _world.Send("u", 160);

        var decision = await _world.CheckAsync("u", 1);

        Assert.True(decision is { IsGranted: true, IsOverLimit: true });
        Assert.Equal(Credits(0), decision.Available);
    }

    [Fact]
    public async Task A_correction_gives_back()
    {
        _world.Send("u", 100);
        Assert.False((await _world.CheckAsync("u", 1)).IsGranted);
        _world.Send("u", -30);
        Assert.Equal(Credits(30), (await _world.CheckAsync("u")).Available);
    }

    [Fact]
    public async Task A_new_period_begins_with_a_whole_allowance()
    {
        _world.Send("u", 100);
        Assert.Equal(Credits(0), (await _world.CheckAsync("u")).Available);
        _world.Send("u", 7, time: new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

        _world.Time.SetUtcNow(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(Credits(93), (await _world.CheckAsync("u")).Available);
    }

    [Fact]
    public async Task A_late_event_costs_a_query_and_is_counted_exactly()
    {
        var old = _world.Now - (long)TimeSpan.FromHours(5).TotalMilliseconds;
        _world.Send("u", 10, id: "old", time: old);
        _world.StoreAll();
        await _world.CheckAsync("u");

        Assert.Equal(UsageOutcome.Late, _world.Send("u", 10, id: "old", time: old));
        Assert.Equal(Credits(10), (await _world.CheckAsync("u")).Used);
        Assert.Equal(UsageOutcome.Late, _world.Send("u", 3, id: "older", time: old));
        Assert.Equal(Credits(13), (await _world.CheckAsync("u")).Used);
        Assert.Equal(3, _world.Store.Queries);
    }

    [Fact]
    public async Task The_first_requests_for_a_user_share_a_query_and_see_events_that_come_meanwhile()
    {
        _world.Send("u", 10);
        _world.StoreAll();
        _world.Store.Gate = new TaskCompletionSource();
        var first = _world.CheckAsync("u");
        var second = _world.CheckAsync("u");
        _world.Send("u", 5, id: "x");
        _world.Send("u", 5, id: "x");
        _world.StoreAll();
        _world.Send("u", 5, id: "x");
        _world.Store.Gate.SetResult();

        Assert.Equal(Credits(15), (await first).Used);
        Assert.Equal(Credits(15), (await second).Used);
        Assert.Equal(1, _world.Store.Queries);
    }

    [Fact]
    public async Task Without_the_store_users_in_memory_are_served_and_others_are_not()
    {
        await _world.CheckAsync("known");
        _world.Store.Fails = true;
        _world.Send("known", 1);

        Assert.Equal(Credits(1), (await _world.CheckAsync("known")).Used);
        var answer = await _world.Ledger.CheckAsync("unknown", null, "cpu", Credits(1), default);
        Assert.Equal(QuotaStatus.StoreUnavailable, answer.Status);
        Assert.Contains("The store is down.", answer.Reason, StringComparison.Ordinal);
        _world.Store.Fails = false;
        Assert.Equal(Credits(0), (await _world.CheckAsync("unknown")).Used);
    }

    [Fact]
    public async Task Rows_that_appear_below_the_positions_are_seen_after_invalidation()
    {
        _world.Send("u", 10);
        _world.StoreAll();
        await _world.CheckAsync("u");
        _world.Events.Add(_world.Events[0] with { Id = "replayed" });

        _world.Ledger.InvalidateAll();

        Assert.Equal(Credits(20), (await _world.CheckAsync("u")).Used);
    }

    [Fact]
    public async Task A_threshold_is_told_once()
    {
        await _world.CheckAsync("u");
        _world.Send("u", 79);
        _world.Send("u", 1);
        _world.Send("u", 1);
        _world.Send("u", 19);

        Assert.Equal([80, 100], _world.Thresholds.Crossings.Select(crossing => crossing.Threshold));
    }

    [Fact]
    public async Task There_is_no_answer_before_the_start_is_over()
    {
        var ledger = new LedgerWorld().Ledger;
        Assert.Equal(QuotaStatus.UnknownResource, (await ledger.CheckAsync("u", null, "tea", Credits(1), default)).Status);
    }
}
