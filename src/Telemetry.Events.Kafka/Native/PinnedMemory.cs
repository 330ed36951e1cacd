using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Keeps memory in its place while librdkafka reads it. One array is pinned once, however many events stand in it.</summary>
/// <remarks>Not thread-safe. Allocates nothing once its lists have grown.</remarks>
internal sealed unsafe class PinnedMemory
{
    // Events of a batch stand in few chunks that take turns; searching further back costs more than pinning one of them twice.
    private const int Remembered = 8;

    private readonly List<PinnedGCHandle<byte[]>> _arrays = [];
    private readonly List<MemoryHandle> _others = [];

    /// <summary>Where the bytes are until <see cref="Release"/>. Never null, not even for nothing.</summary>
    public byte* Pin(ReadOnlyMemory<byte> memory)
    {
        if (memory.IsEmpty)
            return (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("\0"u8));
        if (!MemoryMarshal.TryGetArray(memory, out var segment))
        {
            var other = memory.Pin();
            _others.Add(other);
            return (byte*)other.Pointer;
        }

        return Pin(segment.Array!) + segment.Offset;
    }

    public void Release()
    {
        foreach (var array in _arrays)
            array.Dispose();
        _arrays.Clear();
        foreach (var other in _others)
            other.Dispose();
        _others.Clear();
    }

    private byte* Pin(byte[] array)
    {
        var oldest = Math.Max(0, _arrays.Count - Remembered);
        for (var i = _arrays.Count - 1; i >= oldest; i--)
        {
            if (ReferenceEquals(_arrays[i].Target, array))
                return _arrays[i].GetAddressOfArrayData();
        }

        var pinned = new PinnedGCHandle<byte[]>(array);
        _arrays.Add(pinned);
        return pinned.GetAddressOfArrayData();
    }
}
