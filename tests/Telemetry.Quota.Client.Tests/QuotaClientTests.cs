using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Tests.Quotas.Api;

namespace Telemetry.Quota.Client.Tests;

/// <summary>The client and the real Collector, in one process over HTTP.</summary>
public sealed class QuotaClientTests : IAsyncLifetime
{
    private const string Key = "a-key-of-some-length";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private QuotaCollector _collector = null!;
    private ServiceProvider _provider = null!;
    private IQuota _quota = null!;

    public async Task InitializeAsync()
    {
        _collector = await QuotaCollector.StartAsync(args: ["--Collector:ApiKeys:trainer", Key]);
        _collector.Client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        await _collector.Client.PutAsync("/v1/quota-limits/users/ann/gpu", """{"amount":100,"period":"month"}""");
        _provider = Client(Key);
        _quota = _provider.GetRequiredService<IQuota>();
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_holds_until_it_is_settled()
    {
        var reservation = await _quota.TryReserveAsync("ann", "gpu", 40.000000000001m, "t-1", Minute);

        Assert.Equal((QuotaOutcome.Granted, true, false), (reservation.Outcome, reservation.MayProceed, reservation.IsOverLimit));
        await using var lease = reservation.Lease!;
        Assert.Equal((40.000000000001m, QuotaCollector.Start + Minute, true), (lease.Amount, lease.ExpiresAt, lease.IsHeld));
        Assert.Equal(new QuotaFigures(100, 0, 40.000000000001m, 59.999999999999m), reservation.Figures);

        Assert.True((await lease.SettleAsync(30)).IsDone);
        // Said again, as after a lost reply.
        Assert.True((await lease.SettleAsync(30)).IsDone);
        Assert.Equal(QuotaChangeOutcome.Ended, (await lease.SettleAsync(31)).Outcome);
        Assert.Equal(70, (await BalanceAsync()).Figures.Available);
    }

    [Fact]
    public async Task A_lease_that_is_disposed_gives_back_what_it_holds()
    {
        await using ((await _quota.TryReserveAsync("ann", "gpu", 40, "t-1", Minute)).Lease)
            Assert.Equal(60, (await BalanceAsync()).Figures.Available);

        Assert.Equal(100, (await BalanceAsync()).Figures.Available);
    }

    [Fact]
    public async Task A_denial_says_why_who_holds_it_and_when_it_frees()
    {
        await using var lease = (await _quota.TryReserveAsync("ann", "gpu", 60, "t-1", Minute)).Lease!;

        var denial = await _quota.TryReserveAsync("ann", "gpu", 41, "t-2", Minute);

        Assert.Equal((QuotaOutcome.Denied, false), (denial.Outcome, denial.MayProceed));
        Assert.Equal(new QuotaHolder(lease.Id, "t-1", 60, lease.ExpiresAt), Assert.Single(denial.HeldBy));
        Assert.Equal(lease.ExpiresAt, denial.FreesAt);
        Assert.Equal("41 credits are more than what is left: limit 100, used 0, reserved 60.", denial.Reason);
    }

    [Fact]
    public async Task A_lease_grows_within_the_limit_and_a_task_has_one()
    {
        await using var lease = (await _quota.TryReserveAsync("ann", "gpu", 60, "t-1", Minute)).Lease!;

        Assert.Equal(QuotaChangeOutcome.Denied, (await lease.ExtendAsync(41)).Outcome);
        Assert.True((await lease.ExtendAsync(40, 2 * Minute)).IsDone);
        Assert.Equal((100, QuotaCollector.Start + (2 * Minute)), (lease.Amount, lease.ExpiresAt));
        Assert.Equal(QuotaOutcome.Conflict, (await _quota.TryReserveAsync("ann", "gpu", 1, "t-1", Minute)).Outcome);

        await lease.ReleaseAsync();
        Assert.Equal(QuotaChangeOutcome.Ended, (await lease.ExtendAsync(1)).Outcome);
    }

    [Fact]
    public async Task A_check_holds_nothing()
    {
        _collector.Use("ann", 30);

        Assert.True((await _quota.CheckAsync("ann", "gpu", 70)).MayProceed);
        var denied = await _quota.CheckAsync("ann", "gpu", 70.5m);

        Assert.Equal((QuotaOutcome.Denied, false, 70), (denied.Outcome, denied.MayProceed, denied.Figures!.Available));
    }

    [Fact]
    public async Task A_user_of_any_name_has_a_balance()
    {
        _collector.Use("a/b%2F?", 7);

        var balance = (await _quota.GetBalanceAsync("a/b%2F?", "gpu")).Balance!;

        Assert.Equal(("a/b%2F?", "none", 7), (balance.User, balance.Source, balance.Figures.Used));
    }

    [Fact]
    public async Task What_can_never_be_right_throws()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _quota.CheckAsync("ann", "tpu", 1).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _quota.CheckAsync("..", "gpu", 1).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _quota.CheckAsync("ann", "gpu", 0).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _quota.CheckAsync("ann", "gpu", 0.0000000000001m).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _quota.TryReserveAsync("ann", "gpu", 1, "t", TimeSpan.FromDays(8)).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _quota.TryReserveAsync("ann", "gpu", 1, "t", TimeSpan.Zero).AsTask());
    }

    [Fact]
    public async Task A_wrong_key_is_no_answer_and_says_which_setting()
    {
        await using var provider = Client("another-key-of-some-length");

        var check = await provider.GetRequiredService<IQuota>().CheckAsync("ann", "gpu", 1);

        Assert.Equal((QuotaOutcome.Unavailable, false), (check.Outcome, check.MayProceed));
        Assert.Contains("TelemetryQuota:ApiKey", check.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("another-key", check.Reason, StringComparison.Ordinal);
    }

    private async Task<QuotaBalance> BalanceAsync() => (await _quota.GetBalanceAsync("ann", "gpu")).Balance!;

    private ServiceProvider Client(string key) => TestClient.Build(options =>
    {
        options.BaseAddress = _collector.Client.BaseAddress!.ToString();
        options.ApiKey = key;
    });
}
