using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>
/// A transport that keeps what it is handed, and that can be made slow or faulty. For tests of services that publish events,
/// and of the publisher itself.
/// </summary>
/// <remarks>Safe for use from any thread.</remarks>
/// <param name="respond">
/// Decides each attempt's outcome from the event and the number of the attempt, from 1; null delivers everything. Called one
/// event at a time.
/// </param>
public sealed class InMemoryTransport(Func<OutgoingEvent, int, DeliveryOutcome>? respond = null) : IEventTransport
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _disposed = NewSignal();

    // Guarded by _gate.
    private readonly List<ReceivedEvent> _delivered = [];
    private readonly Dictionary<Guid, int> _attempts = [];
    private TaskCompletionSource _open = Opened();
    private TaskCompletionSource _changed = NewSignal();

    /// <inheritdoc/>
    public string Name => "in-memory";

    /// <inheritdoc/>
    public SendParallelism Parallelism { get; init; } = SendParallelism.None;

    /// <summary>Events with a delivered outcome, in the order of their delivery. A copy.</summary>
    public IReadOnlyList<ReceivedEvent> Delivered
    {
        get
        {
            lock (_gate)
                return [.. _delivered];
        }
    }

    /// <summary>Whether the publisher has disposed the transport.</summary>
    public bool IsDisposed => _disposed.Task.IsCompleted;

    /// <summary>Holds every batch from now on, as a broker does that does not answer.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            if (_open.Task.IsCompleted)
                _open = NewSignal();
        }
    }

    /// <summary>Lets held batches go on.</summary>
    public void Resume()
    {
        lock (_gate)
            _open.TrySetResult();
    }

    /// <summary>How often this event was handed over.</summary>
    public int AttemptsOf(Guid eventId)
    {
        lock (_gate)
            return _attempts.GetValueOrDefault(eventId);
    }

    /// <summary>Completes when at least this many events are delivered.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <exception cref="TimeoutException">Fewer were delivered in that time; the message says how many.</exception>
    public async Task<IReadOnlyList<ReceivedEvent>> WaitForAsync(int count, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_delivered.Count >= count)
                    return [.. _delivered];
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{Delivered.Count} of {count} events were delivered within {timeout}.");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        Task open;
        lock (_gate)
            open = _open.Task;
        if (!open.IsCompleted)
        {
            try
            {
                await Task.WhenAny(open, _disposed.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (!open.IsCompleted)
                return;
        }

        lock (_gate)
        {
            for (var i = 0; i < batch.Length; i++)
                outcomes.Span[i] = Receive(batch.Span[i]);
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // Held batches end too, unknown.
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Opened()
    {
        var signal = NewSignal();
        signal.SetResult();
        return signal;
    }

    private DeliveryOutcome Receive(in OutgoingEvent outgoing)
    {
        var attempt = _attempts[outgoing.Id] = _attempts.GetValueOrDefault(outgoing.Id) + 1;
        var outcome = respond?.Invoke(outgoing, attempt) ?? DeliveryOutcome.Delivered(0, _delivered.Count);
        if (outcome.Status != DeliveryStatus.Delivered)
            return outcome;

        // A copy: the memory is the publisher's again once the batch returns.
        var body = outgoing.Body.ToArray();
        var key = outgoing.Key.IsEmpty ? null : Encoding.UTF8.GetString(outgoing.Key.Span);
        _delivered.Add(new ReceivedEvent(outgoing.Id, outgoing.Topic, key, body));
        return outcome;
    }
}
