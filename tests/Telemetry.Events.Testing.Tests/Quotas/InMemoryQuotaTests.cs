using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Quota.Client;

namespace Telemetry.Events.Testing.Tests.Quotas;

public class InMemoryQuotaTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly InMemoryQuota _quota = new InMemoryQuota().SetLimit("ann", "gpu", 100);

    [Fact]
    public async Task A_settled_lease_is_usage_and_a_disposed_one_is_nothing()
    {
        await using (var lease = (await ReserveAsync(60, "t-1")).Lease!)
            await lease.SettleAsync(50);
        await using ((await ReserveAsync(50, "t-2")).Lease)
            Assert.Equal(QuotaOutcome.Denied, (await ReserveAsync(1, "t-3")).Outcome);

        Assert.Equal(new QuotaFigures(100, 50, 0, 50), (await _quota.GetBalanceAsync("ann", "gpu")).Balance!.Figures);
        _quota.ShouldHaveSettled("t-1", actual: 50);
        _quota.ShouldHaveReleased("t-2");
        _quota.ShouldHoldNothing();
    }

    [Fact]
    public async Task A_denial_names_the_holder_and_a_task_has_one_lease()
    {
        await using var lease = (await ReserveAsync(60, "t-1")).Lease!;

        Assert.Equal("t-1", Assert.Single((await ReserveAsync(41, "t-2")).HeldBy).Task);
        Assert.Equal(QuotaOutcome.Conflict, (await ReserveAsync(1, "t-1")).Outcome);
        Assert.Equal(QuotaChangeOutcome.Denied, (await lease.ExtendAsync(41)).Outcome);
        Assert.True((await lease.ExtendAsync(40)).IsDone);
        Assert.Equal(100, lease.Amount);
    }

    [Theory]
    [InlineData(QuotaFailureMode.FailClosed)]
    [InlineData(QuotaFailureMode.FailOpen)]
    public async Task An_outage_is_no_answer_and_the_failure_mode_decides(QuotaFailureMode mode)
    {
        _quota.FailureMode = mode;
        var lease = (await ReserveAsync(1, "t-1")).Lease!;
        _quota.BecomeUnavailable();

        var reservation = await ReserveAsync(1000, "t-2");

        Assert.Equal((QuotaOutcome.Unavailable, mode == QuotaFailureMode.FailOpen), (reservation.Outcome, reservation.MayProceed));
        Assert.Equal(mode == QuotaFailureMode.FailOpen, (await _quota.CheckAsync("ann", "gpu", 1000)).MayProceed);
        Assert.Equal(QuotaChangeOutcome.Unavailable, (await lease.SettleAsync(1)).Outcome);
        _quota.BecomeAvailable();
        Assert.True((await lease.SettleAsync(1)).IsDone);
    }

    [Fact]
    public async Task A_failed_expectation_lists_what_there_was()
    {
        await ReserveAsync(60, "t-1");

        var failure = Assert.Throws<EventAssertionException>(() => _quota.ShouldHaveSettled("t-1", actual: 5));

        Assert.Equal($"Expected a settled reservation of task 't-1' for 5 credits. There were:{Environment.NewLine}  t-1: 60 gpu of ann, Active", failure.Message);
        Assert.Throws<EventAssertionException>(_quota.ShouldHoldNothing);
        Assert.Throws<EventAssertionException>(() => _quota.ShouldHaveReserved("t-2"));
    }

    [Fact]
    public async Task A_service_starts_with_it_without_an_address_or_a_failure_mode()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddTelemetryQuota();
        builder.Services.AddInMemoryQuota(_quota);
        using var host = builder.Build();

        await host.StartAsync();

        Assert.Same(_quota, host.Services.GetRequiredService<IQuota>());
        await host.StopAsync();
    }

    private ValueTask<QuotaReservation> ReserveAsync(decimal amount, string task) => _quota.TryReserveAsync("ann", "gpu", amount, task, Minute);
}
