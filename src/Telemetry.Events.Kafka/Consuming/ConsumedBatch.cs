using System.Collections.Concurrent;

namespace Telemetry.Events.Kafka;

/// <summary>What was read and is to be handled before its offsets are committed.</summary>
/// <remarks>
/// A handler that fails gets the same batch again. One that handles events one by one says how far it came
/// (<see cref="MarkHandled"/>), so that it can go on from there and that shutdown can commit what is done. One handler works on a
/// batch at a time; the consumer reads its progress from another thread.
/// </remarks>
/// <param name="events">The events, those of one partition in their order.</param>
/// <param name="deadLetters">Records that are no events.</param>
public sealed class ConsumedBatch(IReadOnlyList<ConsumedEvent> events, IReadOnlyList<DeadLetterRecord> deadLetters)
{
    private readonly ConcurrentDictionary<ConsumedEvent, DeadLetterRecord> _rejected = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<(string Topic, int Partition), byte> _abandoned = new();
    private int _handled;
    private int _handledDeadLetters;

    /// <summary>The events, those of one partition in their order.</summary>
    public IReadOnlyList<ConsumedEvent> Events { get; } = events;

    /// <summary>Records that are no events.</summary>
    public IReadOnlyList<DeadLetterRecord> DeadLetters { get; } = deadLetters;

    /// <summary>How many of <see cref="Events"/>, from the first, are handled already.</summary>
    public int Handled => Volatile.Read(ref _handled);

    internal int HandledDeadLetters => Volatile.Read(ref _handledDeadLetters);

    /// <summary>The events refused by <see cref="Reject"/>.</summary>
    internal ICollection<DeadLetterRecord> Rejected => _rejected.Values;

    /// <summary>Says that the first so many events are handled; their offsets may be committed.</summary>
    /// <param name="count"><see cref="Handled"/> to the number of <see cref="Events"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than before, or more than there are.</exception>
    public void MarkHandled(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, Handled);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Events.Count);
        Volatile.Write(ref _handled, count);
    }

    /// <summary>
    /// Says that an event cannot be used after all. It is counted and logged as a dead letter once the batch is handled; keeping it is
    /// up to the handler.
    /// </summary>
    /// <param name="consumed">One of <see cref="Events"/>.</param>
    /// <param name="reason">A sentence that says why.</param>
    /// <returns>The dead letter.</returns>
    public DeadLetterRecord Reject(ConsumedEvent consumed, string reason)
    {
        ArgumentNullException.ThrowIfNull(consumed);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return _rejected.GetOrAdd(consumed, static (refused, why) => new DeadLetterRecord
        {
            Topic = refused.Topic,
            Partition = refused.Partition,
            Offset = refused.Offset,
            Reason = why,
            Key = refused.Key,
            Value = refused.Value,
        }, reason);
    }

    /// <summary>
    /// Whether the event's partition went to another consumer, which reads the event again. Handling it here is not wrong, only done
    /// twice.
    /// </summary>
    /// <param name="consumed">One of <see cref="Events"/>.</param>
    public bool IsAbandoned(ConsumedEvent consumed)
    {
        ArgumentNullException.ThrowIfNull(consumed);
        return !_abandoned.IsEmpty && _abandoned.ContainsKey((consumed.Topic, consumed.Partition));
    }

    internal void MarkDeadLettersHandled(int count) => Volatile.Write(ref _handledDeadLetters, count);

    internal void MarkAllHandled()
    {
        MarkHandled(Events.Count);
        MarkDeadLettersHandled(DeadLetters.Count);
    }

    internal void Abandon(string topic, int partition) => _abandoned[(topic, partition)] = 0;
}
