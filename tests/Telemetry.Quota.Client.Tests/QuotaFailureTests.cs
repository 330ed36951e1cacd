using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using static Telemetry.Quota.Client.Tests.ScriptedHandler;

namespace Telemetry.Quota.Client.Tests;

/// <summary>What the client does where the service answers late, wrongly, or not at all.</summary>
public class QuotaFailureTests
{
    private const string Granted =
        """{"granted":true,"limit":1,"used":0,"reserved":1,"available":0,"reservation":{"id":"r","task_id":"t","amount":1,"state":"active","expires_at":"2026-08-01T12:00:00Z"}}""";

    private const string Denied = """{"granted":false,"limit":1,"used":1,"reserved":0,"available":0,"held_by":[],"frees_at":null}""";

    private const string Down = """{"status":503,"detail":"The store is down.","reason":"store_unavailable"}""";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_reply_that_was_lost_is_asked_for_again_as_the_same_wish()
    {
        using var handler = new ScriptedHandler(Break(), Reply(HttpStatusCode.ServiceUnavailable, Down), Reply(HttpStatusCode.Created, Granted));
        await using var provider = TestClient.Build(handler: handler);

        var reservation = await ReserveAsync(provider);

        Assert.True(reservation.MayProceed);
        Assert.Equal(3, handler.Requests.Count);
        Assert.Equal("/prefix/v1/quotas/ann/gpu/reservations", handler.Requests[0].Path);
        Assert.Single(handler.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("idempotency_key").GetString()).Distinct());
    }

    [Fact]
    public async Task Two_wishes_have_two_keys()
    {
        using var handler = new ScriptedHandler(Reply(HttpStatusCode.Created, Granted));
        await using var provider = TestClient.Build(handler: handler);

        await ReserveAsync(provider);
        await ReserveAsync(provider);

        Assert.Equal(2, handler.Requests.Select(request => request.Body).Distinct().Count());
    }

    [Fact]
    public async Task A_denial_is_an_answer()
    {
        using var handler = new ScriptedHandler(Reply(HttpStatusCode.OK, Denied));
        await using var provider = TestClient.Build(options => options.FailureMode = QuotaFailureMode.FailOpen, handler);

        Assert.Equal((QuotaOutcome.Denied, false), (await ReserveAsync(provider) is var result ? result.Outcome : default, result.MayProceed));
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData(QuotaFailureMode.FailClosed)]
    [InlineData(QuotaFailureMode.FailOpen)]
    public async Task Without_an_answer_the_failure_mode_decides(QuotaFailureMode mode)
    {
        using var handler = new ScriptedHandler(Reply(HttpStatusCode.ServiceUnavailable, Down));
        await using var provider = TestClient.Build(options => options.FailureMode = mode, handler);
        var quota = provider.GetRequiredService<IQuota>();
        var isOpen = mode == QuotaFailureMode.FailOpen;

        var reservation = await ReserveAsync(provider);
        var check = await quota.CheckAsync("ann", "gpu", 1);

        Assert.Equal((QuotaOutcome.Unavailable, isOpen), (reservation.Outcome, reservation.MayProceed));
        Assert.Equal("The Quota Service has no answer (503 store_unavailable): The store is down.", reservation.Reason);
        Assert.Equal((QuotaOutcome.Unavailable, isOpen), (check.Outcome, check.MayProceed));
        Assert.False((await quota.GetBalanceAsync("ann", "gpu")).IsAvailable);
        Assert.Equal(9, handler.Requests.Count);
        if (reservation.Lease is { } lease)
        {
            Assert.Equal(("", false), (lease.Id, lease.IsHeld));
            Assert.True((await lease.ExtendAsync(1)).IsDone && (await lease.SettleAsync(1)).IsDone);
            await lease.DisposeAsync();
            Assert.Equal(9, handler.Requests.Count);
        }
    }

    [Fact]
    public async Task A_try_that_hangs_is_given_up_and_repeated()
    {
        using var handler = new ScriptedHandler(Hang(), Reply(HttpStatusCode.Created, Granted));
        await using var provider = TestClient.Build(options => options.AttemptTimeout = TimeSpan.FromMilliseconds(50), handler);

        Assert.True((await ReserveAsync(provider)).MayProceed);
    }

    [Fact]
    public async Task A_service_that_hangs_is_no_answer()
    {
        using var handler = new ScriptedHandler(Hang());
        await using var provider = TestClient.Build(options => (options.AttemptTimeout, options.MaxRetries) = (TimeSpan.FromMilliseconds(20), 1), handler);

        var reservation = await ReserveAsync(provider);

        Assert.Equal("The Quota Service does not answer: no reply within the time-out.", reservation.Reason);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_that()
    {
        using var handler = new ScriptedHandler(Hang());
        await using var provider = TestClient.Build(handler: handler);
        using var cancelled = new CancellationTokenSource();
        var waiting = provider.GetRequiredService<IQuota>().CheckAsync("ann", "gpu", 1, cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Credits_are_added_once_and_a_longer_time_is_asked_for_again()
    {
        using var handler = new ScriptedHandler(Reply(HttpStatusCode.Created, Granted), Break(), Break(), Reply(HttpStatusCode.OK, Granted));
        await using var provider = TestClient.Build(handler: handler);
        var lease = (await ReserveAsync(provider)).Lease!;

        Assert.Equal(QuotaChangeOutcome.Unavailable, (await lease.ExtendAsync(1)).Outcome);
        Assert.Equal(2, handler.Requests.Count);
        Assert.True((await lease.ExtendAsync(0, Minute)).IsDone);
        Assert.Equal(("/prefix/v1/quotas/ann/gpu/reservations/r/extend", """{"ttl_seconds":60}"""), handler.Requests[^1]);
    }

    [Theory]
    [InlineData("""{"reason":"conflict","reservation":{"id":"r","task_id":"t","amount":1,"state":"settled","expires_at":"2026-08-01T12:00:00Z"}}""", nameof(QuotaChangeOutcome.Done))]
    [InlineData("""{"reason":"conflict","reservation":{"id":"r","task_id":"t","amount":2,"state":"settled","expires_at":"2026-08-01T12:00:00Z"}}""", nameof(QuotaChangeOutcome.Ended))]
    [InlineData("""{"reason":"conflict","reservation":{"id":"r","task_id":"t","amount":1,"state":"released","expires_at":"2026-08-01T12:00:00Z"}}""", nameof(QuotaChangeOutcome.Ended))]
    public async Task A_lease_that_was_settled_so_already_is_settled(string conflict, string expected)
    {
        using var handler = new ScriptedHandler(Reply(HttpStatusCode.Created, Granted), Break(), Reply(HttpStatusCode.Conflict, conflict));
        await using var provider = TestClient.Build(handler: handler);
        await using var lease = (await ReserveAsync(provider)).Lease!;

        Assert.Equal(Enum.Parse<QuotaChangeOutcome>(expected), (await lease.SettleAsync(1)).Outcome);
    }

    [Fact]
    public async Task A_reply_that_is_none_is_no_answer()
    {
        using var handler = new ScriptedHandler(Reply(HttpStatusCode.OK, "<html>"));
        await using var provider = TestClient.Build(handler: handler);

        Assert.Equal(QuotaOutcome.Unavailable, (await ReserveAsync(provider)).Outcome);
    }

    [Fact]
    public async Task A_services_own_pipeline_takes_the_place_of_the_built_in_one()
    {
        using var handler = new ScriptedHandler(Break());
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager());
        services.AddTelemetryQuota(options => (options.BaseAddress, options.FailureMode) = ("http://x", QuotaFailureMode.FailClosed));
        services.AddHttpClient(TelemetryQuotaOptions.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => handler);
        services.AddResiliencePipeline<string, HttpResponseMessage>(TelemetryQuotaOptions.PipelineName, static _ => { });
        await using var provider = services.BuildServiceProvider();

        await ReserveAsync(provider);

        Assert.Single(handler.Requests);
    }

    private static ValueTask<QuotaReservation> ReserveAsync(ServiceProvider provider) =>
        provider.GetRequiredService<IQuota>().TryReserveAsync("ann", "gpu", 1, "t", Minute);
}
