using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Telemetry.Events.Kafka.Native;

/// <summary>
/// Lists of librdkafka's that hold the content-type header, used again and again: a list made for each message costs it three
/// allocations, which another thread then frees. Safe for use from any thread.
/// </summary>
/// <remarks>
/// A list that was produced is librdkafka's until its delivery report, from which it is taken back. What librdkafka still holds when
/// the client ends, it frees itself.
/// </remarks>
internal sealed unsafe class NativeHeaders : IDisposable
{
    private static readonly byte[] Name = Pinned("content-type");
    private static readonly byte[] Value = Pinned(EnvelopeAttributes.ContentType);

    private readonly Lock _gate = new();

    // Guarded by the lock.
    private nint[] _free = [];
    private int _count;
    private bool _disposed;

    /// <summary>Fills the span with lists, which are the caller's.</summary>
    public void Rent(Span<nint> lists)
    {
        int found;
        lock (_gate)
        {
            found = Math.Min(_count, lists.Length);
            _count -= found;
            _free.AsSpan(_count, found).CopyTo(lists);
        }

        foreach (ref var list in lists[found..])
            list = Create();
    }

    /// <summary>Takes lists back that librdkafka does not hold.</summary>
    public void Return(ReadOnlySpan<nint> lists)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                if (_free.Length - _count < lists.Length)
                    Array.Resize(ref _free, Math.Max(_free.Length * 2, _count + lists.Length));
                lists.CopyTo(_free.AsSpan(_count));
                _count += lists.Length;
                return;
            }
        }

        Destroy(lists);
    }

    /// <summary>Takes back the list of a message that was reported; zero where it has none.</summary>
    public static nint Detach(NativeMessage* message)
    {
        nint list;
        return LibRdKafka.DetachHeaders(message, &list) == Confluent.Kafka.ErrorCode.NoError ? list : nint.Zero;
    }

    public void Dispose()
    {
        ReadOnlySpan<nint> lists;
        lock (_gate)
        {
            lists = _free.AsSpan(0, _count);
            _disposed = true;
            _count = 0;
        }

        Destroy(lists);
    }

    private static nint Create()
    {
        var list = LibRdKafka.NewHeaders(1);
        _ = LibRdKafka.AddHeader(list, Address(Name), Name.Length, Address(Value), Value.Length);
        return list;
    }

    private static void Destroy(ReadOnlySpan<nint> lists)
    {
        foreach (var list in lists)
            LibRdKafka.DestroyHeaders(list);
    }

    private static byte[] Pinned(string text)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Encoding.ASCII.GetByteCount(text), pinned: true);
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }

    private static void* Address(byte[] pinned) => Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
