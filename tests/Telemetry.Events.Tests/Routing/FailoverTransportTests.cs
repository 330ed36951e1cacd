using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Polly.CircuitBreaker;
using Telemetry.Events.Routing;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Routing;

public sealed class FailoverTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryTransport _first = new();
    private readonly InMemoryTransport _second = new();
    private readonly FailoverOptions _options = new();
    private readonly RecordingLogger _logger = new();

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_first_transport_that_makes_progress_gets_everything()
    {
        // Half refused for good and half retriable: the broker is there.
        var transport = Create(new FaultScript().Final("too_large").Retry("not_leader").Final("too_large").Retry("not_leader").Retry("throttled").Deliver());

        for (var i = 0; i < 3; i++)
            await SendAsync(transport, Batch(2));

        Assert.Equal(CircuitState.Closed, transport.State);
        Assert.Single(_first.Delivered);
        Assert.Empty(_second.Delivered);
    }

    [Fact]
    public async Task Batches_in_a_row_without_progress_open_the_circuit_however_many_went_before()
    {
        var transport = Create(new FaultScript().Deliver(1000).ThenRetry("down"));
        for (var i = 0; i < 1000; i++)
            await SendAsync(transport, Batch(1));

        Assert.Equal(["Retriable down"], await SendAsync(transport, Batch(1)));
        Assert.Equal(CircuitState.Closed, transport.State);
        Assert.Equal(["Retriable down"], await SendAsync(transport, Batch(1)));
        Assert.Equal(CircuitState.Open, transport.State);
        Assert.Equal("down", transport.LastReason);

        Assert.Equal(["Delivered"], await SendAsync(transport, Batch(1)));
        Assert.Single(_second.Delivered);
    }

    [Fact]
    public async Task Progress_between_two_failures_starts_the_count_again()
    {
        var transport = Create(new FaultScript().Retry("down").Deliver().Retry("down").Deliver().Retry("down"));

        for (var i = 0; i < 5; i++)
            await SendAsync(transport, Batch(1));

        Assert.Equal(CircuitState.Closed, transport.State);
    }

    [Fact]
    public async Task The_second_transport_gets_the_same_ids_keys_and_bytes()
    {
        var transport = Create(new FaultScript().UnknownButStored(times: 2).ThenRetry("down"));
        var batch = Batch(1);

        var outcomes = new List<string>();
        for (var i = 0; i < 3; i++)
            outcomes.AddRange(await SendAsync(transport, batch));

        Assert.Equal(["Unknown timed_out", "Unknown timed_out", "Delivered"], outcomes);
        // Stored by the first without its saying so: this is where duplicates come from, and what a consumer drops by the id.
        var stored = _first.Delivered.Concat(_second.Delivered).ToList();
        Assert.Equal(3, stored.Count);
        Assert.Single(stored.DistinctBy(received => (received.Id, received.Key, Convert.ToHexString(received.Body.Span))));
    }

    [Fact]
    public async Task After_the_break_one_batch_tries_the_first_and_its_progress_brings_the_rest_back()
    {
        var transport = Create(new FaultScript().Retry("down", 3).ThenDeliver());
        await OpenAsync(transport);

        _time.Advance(_options.BreakDuration - TimeSpan.FromTicks(1));
        await SendAsync(transport, Batch(1));
        Assert.Equal((0, 1), (_first.Delivered.Count, _second.Delivered.Count));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["Retriable down"], await SendAsync(transport, Batch(1)));
        Assert.Equal(CircuitState.Open, transport.State);
        await SendAsync(transport, Batch(1));
        Assert.Equal((0, 2), (_first.Delivered.Count, _second.Delivered.Count));

        _time.Advance(_options.BreakDuration);
        Assert.Equal(["Delivered"], await SendAsync(transport, Batch(1)));
        Assert.Equal((CircuitState.Closed, _time.GetUtcNow()), (transport.State, transport.ChangedAt));
        Assert.Equal((1, 2), (_first.Delivered.Count, _second.Delivered.Count));
    }

    [Fact]
    public async Task While_one_batch_tries_the_first_the_others_do_not_wait_for_it()
    {
        var transport = Create(new FaultScript().Retry("down", 2).Hang());
        await OpenAsync(transport);
        _time.Advance(_options.BreakDuration);

        var probe = SendAsync(transport, Batch(1));
        // Polly reports the half-open state from another thread before it lets the batch through.
        Assert.True(SpinWait.SpinUntil(() => ((FaultingTransport)transport.Primary).Batches == 3, Patience));
        Assert.Equal(["Delivered"], await SendAsync(transport, Batch(1)));
        Assert.False(probe.IsCompleted);
        Assert.Equal(CircuitState.HalfOpen, transport.State);

        _time.Advance(_options.AttemptTimeout);
        Assert.Equal(["Unknown attempt_timed_out"], await probe.WaitAsync(Patience));
        Assert.Equal(CircuitState.Open, transport.State);
    }

    [Fact]
    public async Task A_first_transport_that_never_answers_is_given_up_after_the_attempts_time()
    {
        var transport = Create(new FaultScript().Hang().Hang());
        for (var i = 0; i < 2; i++)
        {
            var sending = SendAsync(transport, Batch(2));
            Assert.False(sending.IsCompleted);
            _time.Advance(_options.AttemptTimeout);
            Assert.Equal(["Unknown attempt_timed_out", "Unknown attempt_timed_out"], await sending.WaitAsync(Patience));
        }

        Assert.Equal(["Delivered", "Delivered"], await SendAsync(transport, Batch(2)));
        Assert.Equal(2, _second.Delivered.Count);
    }

    [Fact]
    public async Task A_first_transport_that_throws_makes_no_progress()
    {
        var transport = Create(new FaultScript().Throw(() => new TimeoutException()).Throw(() => new TimeoutException()));

        await OpenAsync(transport);

        Assert.Equal(["Delivered"], await SendAsync(transport, Batch(1)));
    }

    [Fact]
    public async Task A_cancelled_call_returns_and_says_nothing_about_the_first_transport()
    {
        var transport = Create(new FaultScript().Hang().Hang().Hang());
        for (var i = 0; i < 3; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var sending = SendAsync(transport, Batch(1), cancellation.Token);
            await cancellation.CancelAsync();
            Assert.Equal(["Unknown"], await sending.WaitAsync(Patience));
        }

        Assert.Equal(CircuitState.Closed, transport.State);
    }

    [Fact]
    public async Task A_second_transport_that_is_down_too_leaves_the_events_to_the_next_attempt()
    {
        var first = new FaultingTransport(_first, new FaultScript().ThenRetry("down"));
        var second = new FaultingTransport(_second, new FaultScript().Retry("down_too").ThenDeliver());
        var transport = new FailoverTransport(first, second, _options, _time, _logger);
        await OpenAsync(transport);

        Assert.Equal(["Retriable down_too"], await SendAsync(transport, Batch(1)));
        Assert.Equal(["Delivered"], await SendAsync(transport, Batch(1)));
    }

    [Fact]
    public async Task The_log_says_which_transport_is_in_use_and_why()
    {
        var transport = Create(new FaultScript().Retry("down", 2).ThenDeliver());
        await OpenAsync(transport);
        _time.Advance(_options.BreakDuration);
        await SendAsync(transport, Batch(1));

        Assert.Equal(
            [
                (1050, LogLevel.Warning, "faulting made no progress for 2 batches in a row (down). Events go by in-memory; faulting is tried again in 00:00:30."),
                (1051, LogLevel.Information, "One batch tries faulting again."),
                (1052, LogLevel.Information, "faulting makes progress again; events go by it."),
            ],
            _logger.Entries);
    }

    [Fact]
    public async Task It_disposes_neither_of_the_two()
    {
        await Create(new FaultScript()).DisposeAsync();

        Assert.False(_first.IsDisposed || _second.IsDisposed);
    }

    private FailoverTransport Create(FaultScript first) =>
        new(new FaultingTransport(_first, first, _time), _second, _options, _time, _logger);

    private static async Task OpenAsync(FailoverTransport transport)
    {
        for (var i = 0; i < 2; i++)
            await SendAsync(transport, Batch(1));
        Assert.Equal(CircuitState.Open, transport.State);
    }

    private static async Task<List<string>> SendAsync(
        FailoverTransport transport, OutgoingEvent[] batch, CancellationToken cancellationToken = default)
    {
        var outcomes = new DeliveryOutcome[batch.Length];
        await transport.SendAsync(batch, outcomes, cancellationToken);
        return [.. outcomes.Select(outcome => $"{outcome.Status} {outcome.Reason}".TrimEnd())];
    }

    private static OutgoingEvent[] Batch(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new OutgoingEvent(Guid.NewGuid(), "topic", "key"u8.ToArray(), "{}"u8.ToArray()))];
}
