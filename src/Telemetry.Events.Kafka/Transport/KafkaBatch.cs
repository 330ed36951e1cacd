using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>
/// Collects the outcomes of one batch. librdkafka's poll thread writes them one by one; after cancellation the publisher owns
/// the memory again, so a report that comes later must find the batch closed.
/// </summary>
internal sealed class KafkaBatch(Memory<DeliveryOutcome> outcomes)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = outcomes.Length;
    private bool _closed;

    /// <summary>Completes when every event has its outcome, or the batch is closed.</summary>
    public Task Completion => _done.Task;

    public Action<DeliveryReport<byte[]?, byte[]>> HandlerFor(int index) => report => Set(index, KafkaOutcomes.From(report));

    public void Set(int index, in DeliveryOutcome outcome)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            outcomes.Span[index] = outcome;
            if (--_missing > 0)
                return;
            _closed = true;
        }

        _done.TrySetResult();
    }

    /// <summary>Leaves what is missing as unknown.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        _done.TrySetResult();
    }
}
