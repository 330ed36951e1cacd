using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Native;

/// <summary>
/// One call of SendAsync: collects the outcomes of its events, and keeps their memory in place until librdkafka has let go of it.
/// </summary>
/// <remarks>
/// The sender fills it and waits; the report thread writes outcomes. After cancellation the publisher owns the outcomes again, while
/// librdkafka may still hold the events: the batch is then closed, but stays where the opaque pointers lead until the last report has
/// come. Reused: two lists and two arrays live as long as the producer.
/// </remarks>
internal sealed class NativeBatch(int slot, Action<NativeBatch> release)
{
    /// <summary>The most events that are sorted and handed over at a time.</summary>
    public const int Window = 4096;

    private readonly Lock _gate = new();

    // Guarded by the lock.
    private TaskCompletionSource _done = new();
    private Memory<DeliveryOutcome> _outcomes;
    private int _missing;
    private bool _closed;
    private bool _left;

    /// <summary>The sender's alone.</summary>
    public PartitionOrder Order { get; } = new(Window);

    /// <summary>The sender's alone. Pinned for good: librdkafka writes into it while it is called.</summary>
    public NativeMessage[] Messages { get; } = GC.AllocateArray<NativeMessage>(Window, pinned: true);

    /// <summary>The sender's while it sends; released with the batch.</summary>
    public PinnedMemory Memory { get; } = new();

    /// <summary>Completes when every event has its outcome, or the batch is closed.</summary>
    public Task Completion => _done.Task;

    public void Begin(Memory<DeliveryOutcome> outcomes)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _outcomes = outcomes;
        _missing = outcomes.Length;
        _closed = _left = false;
    }

    /// <summary>What leads back from a delivery report to the event.</summary>
    public nint OpaqueOf(int index) => (nint)(((long)slot << 32) | (uint)index);

    public static int SlotOf(nint opaque) => (int)((long)opaque >> 32);

    /// <summary>Takes the reports of events of this batch.</summary>
    public unsafe void Report(NativeMessage** messages, int count)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                var outcomes = _outcomes.Span;
                for (var i = 0; i < count; i++)
                {
                    var message = messages[i];
                    outcomes[(int)message->Opaque] = message->Error == ErrorCode.NoError
                        ? DeliveryOutcome.Delivered(message->Partition, message->Offset)
                        : KafkaOutcomes.From(message->Error, LibRdKafka.StatusOf(message));
                }
            }
        }

        Settle(count);
    }

    /// <summary>librdkafka did not take the event; no report will come.</summary>
    public void Refuse(int index, ErrorCode error)
    {
        lock (_gate)
        {
            if (!_closed)
                _outcomes.Span[index] = KafkaOutcomes.From(error);
        }

        Settle(1);
    }

    /// <summary>These many events are not handed over any more; they stay unknown.</summary>
    public void Abandon(int count) => Settle(count);

    /// <summary>Leaves the outcomes to the publisher: what is missing stays unknown.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _outcomes = default;
        }

        _done.TrySetResult();
    }

    /// <summary>The sender is done with it.</summary>
    public void Leave()
    {
        bool last;
        lock (_gate)
        {
            _closed = _left = true;
            _outcomes = default;
            last = _missing == 0;
        }

        if (last)
            release(this);
    }

    /// <summary>The client is gone: nothing can be reported any more, and nobody reads the memory.</summary>
    public void Orphan()
    {
        int missing;
        lock (_gate)
            missing = _missing;
        if (missing > 0)
            Settle(missing);
    }

    private void Settle(int count)
    {
        bool done, last;
        lock (_gate)
        {
            done = (_missing -= count) == 0;
            last = done && _left;
        }

        if (done)
            _done.TrySetResult();
        if (last)
            release(this);
    }
}
