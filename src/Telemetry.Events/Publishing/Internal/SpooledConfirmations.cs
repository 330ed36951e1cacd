using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Who waits for the broker's answer about an event in a log, by its position. Not thread-safe: its owner guards it.</summary>
internal sealed class SpooledConfirmations
{
    private readonly Dictionary<long, (TaskCompletionSource<DeliveryReceipt> Receipt, Guid Id, string Topic)> _waiting = [];

    public void Add(long position, TaskCompletionSource<DeliveryReceipt> receipt, Guid id, string topic) =>
        _waiting.Add(position, (receipt, id, topic));

    public void Complete(long position, in DeliveryOutcome outcome)
    {
        if (_waiting.Remove(position, out var waiting))
        {
            waiting.Receipt.TrySetResult(new DeliveryReceipt(
                waiting.Id, outcome.Status == DeliveryStatus.Delivered, waiting.Topic, outcome.Partition, outcome.Offset, outcome.Reason));
        }
    }

    public void Complete(ReadOnlySpan<long> positions, ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        for (var i = 0; _waiting.Count > 0 && i < positions.Length; i++)
        {
            if (outcomes[i].IsSettled())
                Complete(positions[i], outcomes[i]);
        }
    }

    /// <summary>Events whose commit failed are not in the log; whoever waits for them waits elsewhere.</summary>
    public void Forget(long first, long last)
    {
        foreach (var position in _waiting.Keys.Where(position => position >= first && position <= last).ToList())
            _waiting.Remove(position);
    }

    /// <summary>The publisher ends: the events stay in the log, and another process sends them.</summary>
    public void CompleteAll(string reason)
    {
        foreach (var position in _waiting.Keys.ToList())
            Complete(position, DeliveryOutcome.Final(reason));
    }
}
