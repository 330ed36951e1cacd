using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Routing;

/// <summary>Sends by one transport, and by a second one while the first one's circuit is open. Same events, same bytes, same ids.</summary>
/// <remarks>
/// It owns neither of the two: whoever made them disposes them. Safe for concurrent calls, which share the circuit: what one
/// delivery class learns of the first transport, the others need not learn again.
/// </remarks>
internal sealed class FailoverTransport : IEventTransport
{
    // Polly's breaker goes by rates, and the thousands of batches before an outage would outweigh those in it for a long time.
    // So the count is ours (batches in a row), Polly hears of a failure only once the count is full, and any failure it hears of
    // is enough: the least ratio, over the longest window that it takes.
    private const double AnyFailure = double.Epsilon;
    private const int LeastThroughput = 2;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    private readonly FailoverOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<AttemptResult> _circuit;

    // Written by concurrent sends.
    private int _failuresInARow;
    private volatile string _lastReason = "unknown";
    private long _changedAtTicks;

    public FailoverTransport(
        IEventTransport primary, IEventTransport secondary, FailoverOptions options, TimeProvider time, ILogger logger)
    {
        Primary = primary;
        Secondary = secondary;
        Name = $"{primary.Name}-or-{secondary.Name}";
        Parallelism = primary.Parallelism with { Batches = Math.Min(primary.Parallelism.Batches, secondary.Parallelism.Batches) };
        _options = options;
        _time = time;
        _logger = logger;
        _changedAtTicks = time.GetUtcNow().UtcTicks;
        _circuit = new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<AttemptResult>
            {
                FailureRatio = AnyFailure,
                MinimumThroughput = LeastThroughput,
                SamplingDuration = LongestWindow,
                BreakDuration = options.BreakDuration,
                StateProvider = _state,
                ShouldHandle = arguments => ValueTask.FromResult(IsFailure(arguments.Outcome.Result)),
                OnOpened = OnOpened,
                OnHalfOpened = OnHalfOpened,
                OnClosed = OnClosed,
            })
            .Build();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>As the first takes them, and no more at a time than either.</summary>
    public SendParallelism Parallelism { get; }

    public IEventTransport Primary { get; }

    public IEventTransport Secondary { get; }

    /// <summary>Whether it takes all that goes by the first, or only what a route gives it.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Open: all goes by the second. Half-open: one batch tries the first.</summary>
    public CircuitState State => _state.CircuitState;

    /// <summary>When <see cref="State"/> last changed.</summary>
    public DateTimeOffset ChangedAt => new(Interlocked.Read(ref _changedAtTicks), TimeSpan.Zero);

    /// <summary>Why the first transport's last batch without progress made none.</summary>
    public string LastReason => _lastReason;

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (batch.IsEmpty)
            return;
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            // The caller's token goes past Polly, which would throw for it; a transport returns.
            var attempt = await _circuit.ExecuteOutcomeAsync(
                static async (_, call) => Outcome.FromResult(
                    await call.Transport.TryPrimaryAsync(call.Batch, call.Outcomes, call.Token).ConfigureAwait(false)),
                context,
                (Transport: this, Batch: batch, Outcomes: outcomes, Token: cancellationToken)).ConfigureAwait(false);
            if (attempt.Exception is null)
                return;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        await Secondary.SendAsync(batch, outcomes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does nothing: it owns nothing that must end.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<AttemptResult> TryPrimaryAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.AttemptTimeout, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await Primary.SendAsync(batch, outcomes, end.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A transport must not throw; one that does has made no progress.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.TransportThrew(exception, Primary.Name);
        }

        return Judge(outcomes.Span, timeout.IsCancellationRequested, cancellationToken.IsCancellationRequested);
    }

    private AttemptResult Judge(Span<DeliveryOutcome> outcomes, bool timedOut, bool cancelled)
    {
        var progress = false;
        var reason = "unknown";
        foreach (ref var outcome in outcomes)
        {
            if (timedOut && outcome == default)
                outcome = DeliveryOutcome.Unknown("attempt_timed_out");
            // A refusal for good is an answer too: the broker is there.
            progress |= outcome.Status is DeliveryStatus.Delivered or DeliveryStatus.Final;
            reason = outcome.Reason ?? reason;
        }

        if (progress)
        {
            Interlocked.Exchange(ref _failuresInARow, 0);
            return AttemptResult.Progress;
        }

        if (cancelled)
            return AttemptResult.Cancelled;
        _lastReason = reason;
        Interlocked.Increment(ref _failuresInARow);
        return AttemptResult.NoProgress;
    }

    // In a half-open circuit only progress is success: a success of another call, begun before, may have cleared the count.
    private bool IsFailure(AttemptResult result)
    {
        if (result == AttemptResult.Progress)
            return false;
        return State != CircuitState.Closed ||
            (result != AttemptResult.Cancelled && Volatile.Read(ref _failuresInARow) >= _options.FailureThreshold);
    }

    private ValueTask OnOpened(OnCircuitOpenedArguments<AttemptResult> arguments)
    {
        Changed();
        _logger.FailoverOpened(Primary.Name, Volatile.Read(ref _failuresInARow), _lastReason, Secondary.Name, arguments.BreakDuration);
        return default;
    }

    private ValueTask OnHalfOpened(OnCircuitHalfOpenedArguments arguments)
    {
        Changed();
        _logger.FailoverProbing(Primary.Name);
        return default;
    }

    private ValueTask OnClosed(OnCircuitClosedArguments<AttemptResult> arguments)
    {
        Changed();
        _logger.FailoverClosed(Primary.Name);
        return default;
    }

    private void Changed() => Interlocked.Exchange(ref _changedAtTicks, _time.GetUtcNow().UtcTicks);

    /// <summary>What Polly judges by. Polly asks for all members of the type to be kept, which of an enumeration no native program can.</summary>
    private readonly record struct AttemptResult(int Code)
    {
        public static AttemptResult Progress => new(0);

        public static AttemptResult NoProgress => new(1);

        public static AttemptResult Cancelled => new(2);
    }
}
