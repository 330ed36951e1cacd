using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Transport;

/// <summary>Each failure of contracts.md, produced by a real server, event by event.</summary>
[Trait("Category", "Integration")]
public class OutcomeTests
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);

    public static TheoryData<RestDialect> Dialects => [RestDialect.ConfluentV2, RestDialect.ConfluentV3, RestDialect.Strimzi];

    public static TheoryData<RestDialect, int, DeliveryStatus> RecordCodes => new()
    {
        { RestDialect.ConfluentV2, 50002, DeliveryStatus.Final },
        { RestDialect.ConfluentV2, 50003, DeliveryStatus.Retriable },
        { RestDialect.ConfluentV2, 40301, DeliveryStatus.Retriable },
        { RestDialect.ConfluentV3, 50003, DeliveryStatus.Retriable },
        { RestDialect.ConfluentV3, 40002, DeliveryStatus.Final },
        { RestDialect.ConfluentV3, 429, DeliveryStatus.Retriable },
        { RestDialect.Strimzi, 503, DeliveryStatus.Retriable },
        { RestDialect.Strimzi, 422, DeliveryStatus.Final },
        { RestDialect.Strimzi, 500, DeliveryStatus.Unknown },
        { RestDialect.Strimzi, 404, DeliveryStatus.Retriable },
    };

    [Theory]
    [MemberData(nameof(RecordCodes))]
    public async Task Records_that_fail_inside_a_success_have_their_own_outcome_by_position(
        RestDialect dialect, int code, DeliveryStatus expected)
    {
        foreach (var status in new[] { 200, 207 })
        {
            await using var proxy = await StartAsync(dialect);
            var failure = new RecordFailure(code, "it \"failed\"");
            proxy.Server.Faults.NextRequests(1, RestFault.FailRecords(failure, 1, 3) with { Status = status });

            var outcomes = await proxy.SendAsync(Batch(5));

            Assert.Equal(
                [DeliveryStatus.Delivered, expected, DeliveryStatus.Delivered, expected, DeliveryStatus.Delivered],
                outcomes.Select(outcome => outcome.Status));
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_reply_that_lacks_records_leaves_those_unknown(RestDialect dialect)
    {
        await using var proxy = await StartAsync(dialect);
        proxy.Server.Faults.NextRequests(1, RestFault.TruncateReplies(2));

        var outcomes = await proxy.SendAsync(Batch(4));

        Assert.Equal(
            [DeliveryStatus.Delivered, DeliveryStatus.Delivered, DeliveryStatus.Unknown, DeliveryStatus.Unknown],
            outcomes.Select(outcome => outcome.Status));
        Assert.Equal("missing_reply", outcomes[3].Reason);
    }

    [Fact]
    public async Task A_v3_stream_that_is_cut_keeps_the_outcomes_that_came_before()
    {
        await using var proxy = await StartAsync(RestDialect.ConfluentV3);
        proxy.Server.Faults.NextRequests(1, RestFault.TruncateReplies(2, cut: true));

        var outcomes = await proxy.SendAsync(Batch(4));

        Assert.Equal(
            [DeliveryStatus.Delivered, DeliveryStatus.Delivered, DeliveryStatus.Unknown, DeliveryStatus.Unknown],
            outcomes.Select(outcome => outcome.Status));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_reply_with_more_records_than_were_sent_settles_nothing(RestDialect dialect)
    {
        await using var proxy = await StartAsync(dialect);
        proxy.Server.Faults.NextRequests(1, RestFault.WrongReplyCount(5));

        var outcomes = await proxy.SendAsync(Batch(3));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryOutcome.Unknown("garbled_reply"), outcome));
        Assert.Equal(1, proxy.Log.Count(1207));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Garbage_settles_nothing_and_its_connection_is_not_used_again(RestDialect dialect)
    {
        await using var proxy = await StartAsync(dialect);
        proxy.Server.Faults.NextRequests(1, RestFault.Garbage());
        proxy.Server.Faults.NextRequests(1, RestFault.HtmlPage(200));

        var garbage = await proxy.SendAsync(Batch(3));
        var page = await proxy.SendAsync(Batch(3));
        var healthy = await proxy.SendAsync(Batch(3));

        Assert.All(garbage.Concat(page), outcome => Assert.Equal(DeliveryOutcome.Unknown("garbled_reply"), outcome));
        Assert.All(healthy, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        var connections = proxy.Server.Requests.Where(request => request.Method == "POST").Select(request => request.ConnectionId).ToList();
        Assert.Equal(3, connections.Distinct().Count());
        await WaitUntilAsync(() => proxy.Server.OpenConnections == 1);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_broken_connection_settles_nothing_and_leaks_nothing(RestDialect dialect)
    {
        await using var proxy = await StartAsync(dialect);
        proxy.Server.Faults.NextRequests(1, RestFault.Reset());
        proxy.Server.Faults.NextRequests(1, RestFault.HalfBody());

        var reset = await proxy.SendAsync(Batch(1));
        var half = await proxy.SendAsync(Batch(1));
        var healthy = await proxy.SendAsync(Batch(1));

        Assert.Equal([DeliveryStatus.Unknown, DeliveryStatus.Unknown], new[] { reset[0].Status, half[0].Status });
        Assert.Equal(DeliveryStatus.Delivered, healthy[0].Status);
        await WaitUntilAsync(() => proxy.Server.OpenConnections == 1);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_proxy_that_never_answers_gives_a_clear_outcome_within_the_time_out(RestDialect dialect)
    {
        await using var proxy = await StartAsync(dialect);
        proxy.Server.Faults.NextRequests(1, RestFault.NeverAnswer(int.MaxValue));
        var start = TimeProvider.System.GetTimestamp();

        var outcomes = await proxy.SendAsync(Batch(3));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryOutcome.Unknown("timeout"), outcome));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), RequestTimeout * 0.9, RequestTimeout * 5);
        await WaitUntilAsync(() => proxy.Server.OpenConnections == 0);
    }

    [Theory]
    [InlineData(401, 40101)]
    [InlineData(403, 40301)]
    public async Task A_v2_refusal_that_tells_positions_is_read_and_one_that_does_not_is_unknown(int status, int code)
    {
        await using var proxy = await StartAsync(RestDialect.ConfluentV2);
        proxy.Server.Faults.NextRequests(1, RestFault.FailRecords(new RecordFailure(code, "no"), 1) with { Status = status });
        proxy.Server.Faults.NextRequests(1, RestFault.Error(status, code, storedRecords: 2));

        var told = await proxy.SendAsync(Batch(3));
        var untold = await proxy.SendAsync(Batch(3));

        Assert.Equal(
            [DeliveryStatus.Delivered, DeliveryStatus.Retriable, DeliveryStatus.Delivered], told.Select(outcome => outcome.Status));
        Assert.All(untold, outcome => Assert.Equal(DeliveryStatus.Unknown, outcome.Status));
    }

    [Theory]
    [InlineData(RestDialect.ConfluentV2, 500, DeliveryStatus.Unknown)]
    [InlineData(RestDialect.ConfluentV2, 503, DeliveryStatus.Unknown)]
    [InlineData(RestDialect.ConfluentV3, 500, DeliveryStatus.Unknown)]
    [InlineData(RestDialect.ConfluentV3, 429, DeliveryStatus.Retriable)]
    [InlineData(RestDialect.Strimzi, 503, DeliveryStatus.Retriable)]
    [InlineData(RestDialect.Strimzi, 502, DeliveryStatus.Unknown)]
    public async Task A_request_that_fails_as_a_whole_is_sent_again(RestDialect dialect, int status, DeliveryStatus expected)
    {
        await using var proxy = await StartAsync(dialect);
        proxy.Server.Faults.NextRequests(1, RestFault.Error(status, storedRecords: 2));

        var outcomes = await proxy.SendAsync(Batch(3));

        Assert.All(outcomes, outcome => Assert.Equal(expected, outcome.Status));
    }

    [Theory]
    [InlineData(RestDialect.ConfluentV2, 40401)]
    [InlineData(RestDialect.ConfluentV3, 40403)]
    public async Task A_missing_topic_is_waited_for(RestDialect dialect, int code)
    {
        await using var proxy = await StartAsync(dialect);
        proxy.Server.Faults.NextRequests(1, RestFault.Error(404, code));

        var outcomes = await proxy.SendAsync(Batch(2));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryOutcome.Retriable("unknown_topic_or_part"), outcome));
    }

    private static Task<Proxy> StartAsync(RestDialect dialect) => Proxy.StartAsync(
        new RestProxyServerOptions { Dialect = dialect }, options => options.RequestTimeout = RequestTimeout);

    private static OutgoingEvent[] Batch(int count) => TestEvents.Numbered(count, n => $"key-{n}");

    private static async Task WaitUntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!holds())
            await timer.WaitForNextTickAsync(deadline.Token);
    }
}
