using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>Stands before another transport and fails by a script.</summary>
/// <remarks>
/// Safe for use from any thread. Batches of different delivery classes share the script: with several classes at work, which
/// of them takes a step is open.
/// </remarks>
public sealed class FaultingTransport : IEventTransport
{
    private readonly IEventTransport _inner;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly IEnumerator<FaultStep> _steps;
    private readonly long[] _counts = new long[Enum.GetValues<DeliveryStatus>().Length];
    private long _batches;

    /// <summary>Puts a script before a transport.</summary>
    /// <param name="inner">
    /// Gets what the script lets through, such as an <see cref="InMemoryTransport"/>; disposed with this one.
    /// </param>
    /// <param name="script">What happens to each event.</param>
    /// <param name="time">The clock of <see cref="FaultScript.Delay"/>; null for the system's.</param>
    /// <exception cref="ArgumentNullException">The transport or the script is null.</exception>
    public FaultingTransport(IEventTransport inner, FaultScript script, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(script);
        _inner = inner;
        _time = time ?? TimeProvider.System;
        _steps = script.Start();
    }

    /// <inheritdoc/>
    public string Name => "faulting";

    /// <summary>Batches handed over so far, empty ones not counted.</summary>
    public long Batches
    {
        get
        {
            lock (_gate)
                return _batches;
        }
    }

    /// <summary>Events of finished calls, each attempt counted.</summary>
    public long Attempts
    {
        get
        {
            lock (_gate)
                return _counts.Sum();
        }
    }

    /// <summary>How many attempts ended so, calls that threw included.</summary>
    /// <param name="status">The status.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a defined one.</exception>
    public long CountOf(DeliveryStatus status)
    {
        if (!Enum.IsDefined(status))
            throw new ArgumentOutOfRangeException(nameof(status), status, "Not a delivery status.");
        lock (_gate)
            return _counts[(int)status];
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (batch.IsEmpty)
            return;

        lock (_gate)
            _batches++;
        try
        {
            await FollowScriptAsync(batch, outcomes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Count(outcomes.Span);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async ValueTask FollowScriptAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        // Neighbours that the script lets through go on as one batch: those from "from" up to "next".
        var from = 0;
        var next = 0;
        while (next < batch.Length)
        {
            var step = NextStep();
            if (step is FaultStep.Deliver)
            {
                next++;
                continue;
            }

            await DeliverAsync(from, next).ConfigureAwait(false);
            from = next;
            switch (step)
            {
                case FaultStep.Answer answer:
                    if (answer.IsStored)
                        await DeliverAsync(next, next + 1).ConfigureAwait(false);
                    outcomes.Span[next] = answer.Result;
                    from = ++next;
                    break;
                case FaultStep.Delay delay:
                    await WaitAsync(delay.Duration, cancellationToken).ConfigureAwait(false);
                    break;
                case FaultStep.Hang:
                    await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                    break;
                case FaultStep.Throw fault:
                    throw fault.Create();
            }

            if (cancellationToken.IsCancellationRequested)
                return;
        }

        await DeliverAsync(from, next).ConfigureAwait(false);

        ValueTask DeliverAsync(int start, int end) => start == end
            ? ValueTask.CompletedTask
            : _inner.SendAsync(batch[start..end], outcomes[start..end], cancellationToken);
    }

    /// <summary>Waits; ends early, without an exception, where the batch is cancelled.</summary>
    private async Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        await Task.Delay(duration, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private FaultStep NextStep()
    {
        lock (_gate)
        {
            _steps.MoveNext();
            return _steps.Current;
        }
    }

    private void Count(ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        lock (_gate)
        {
            foreach (var outcome in outcomes)
                _counts[(int)outcome.Status]++;
        }
    }
}
