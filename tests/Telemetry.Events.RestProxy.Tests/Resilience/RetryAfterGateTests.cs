using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace Telemetry.Events.RestProxy.Tests.Resilience;

public class RetryAfterGateTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void Requests_wait_as_long_as_the_proxy_asks(int status)
    {
        var gate = new RetryAfterGate(_time);
        Assert.True(Wait(gate).IsCompletedSuccessfully);

        Assert.Equal(TimeSpan.FromSeconds(5), gate.CloseFor(Reply(status, new RetryConditionHeaderValue(TimeSpan.FromSeconds(5)))));

        var waiting = Wait(gate);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.True(Wait(gate).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_date_counts_from_now_and_one_that_has_passed_not_at_all()
    {
        var gate = new RetryAfterGate(_time);

        Assert.Null(gate.CloseFor(Reply(503, new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(-1)))));
        Assert.Equal(TimeSpan.FromSeconds(7), gate.CloseFor(Reply(503, new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(7)))));
        Assert.False(Wait(gate).IsCompleted);
    }

    [Fact]
    public void A_shorter_pause_does_not_end_a_longer_one_and_an_hour_is_cut()
    {
        var gate = new RetryAfterGate(_time);
        Assert.Equal(RetryAfterGate.MaxPause, gate.CloseFor(Reply(429, new RetryConditionHeaderValue(TimeSpan.FromHours(1)))));
        gate.CloseFor(Reply(429, new RetryConditionHeaderValue(TimeSpan.FromSeconds(1))));

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(Wait(gate).IsCompleted);
        _time.Advance(RetryAfterGate.MaxPause);
        Assert.True(Wait(gate).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_and_other_replies_close_nothing()
    {
        var gate = new RetryAfterGate(_time);
        Assert.Null(gate.CloseFor(Reply(200, new RetryConditionHeaderValue(TimeSpan.FromSeconds(5)))));
        Assert.Null(gate.CloseFor(Reply(429, null)));
        gate.CloseFor(Reply(429, new RetryConditionHeaderValue(TimeSpan.FromSeconds(5))));
        using var cancellation = new CancellationTokenSource();

        var waiting = gate.WaitAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static Task Wait(RetryAfterGate gate) => gate.WaitAsync(CancellationToken.None).AsTask();

    private static HttpResponseMessage Reply(int status, RetryConditionHeaderValue? retryAfter) =>
        new((HttpStatusCode)status) { Headers = { RetryAfter = retryAfter } };
}
