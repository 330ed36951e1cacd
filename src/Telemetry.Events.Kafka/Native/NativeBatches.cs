using System.Diagnostics.CodeAnalysis;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Native;

/// <summary>The batches of one producer: one for each call at a time, found by the slot in an event's opaque pointer.</summary>
internal sealed class NativeBatches
{
    private readonly Lock _gate = new();

    // Guarded by the lock; the report thread reads the array without it, since a slot never changes once it is filled.
    private readonly Stack<NativeBatch> _free = [];
    private volatile NativeBatch[] _all = [];
    private TaskCompletionSource? _idle;
    private bool _ended;

    public NativeBatch this[int slot] => _all[slot];

    /// <summary>A batch that has begun, and a reference of the client that the caller gives back; false after the end.</summary>
    public bool TryBegin(NativeProducerHandle client, Memory<DeliveryOutcome> outcomes, [NotNullWhen(true)] out NativeBatch? batch)
    {
        lock (_gate)
        {
            batch = null;
            if (_ended)
                return false;
            if (!_free.TryPop(out batch))
            {
                batch = new NativeBatch(_all.Length, Return);
                _all = [.. _all, batch];
            }

            // Under the lock: the end, which the client's disposal comes after, finds every batch begun, and closes it.
            var held = false;
            client.DangerousAddRef(ref held);
            batch.Begin(outcomes);
            return true;
        }
    }

    /// <summary>Completes when librdkafka holds no event of any batch.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_free.Count == _all.Length)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Lets every call return with what it knows. No batch begins any more, and no report is expected.</summary>
    public void End()
    {
        lock (_gate)
            _ended = true;
        foreach (var batch in _all)
            batch.Close();
    }

    /// <summary>The client is gone, and reads no memory any more.</summary>
    public void Release()
    {
        foreach (var batch in _all)
            batch.Orphan();
    }

    private void Return(NativeBatch batch)
    {
        batch.Memory.Release();
        lock (_gate)
        {
            _free.Push(batch);
            if (_free.Count == _all.Length)
                _idle?.TrySetResult();
        }
    }
}
