using System.Buffers;
using System.Runtime.InteropServices;
using Telemetry.Events.Kafka.Native;

namespace Telemetry.Events.Kafka.Tests.Native;

public unsafe class PinnedMemoryTests
{
    [Fact]
    public void Memory_stays_in_its_place_through_collections_until_it_is_released()
    {
        var pinned = new PinnedMemory();
        var arrays = Enumerable.Range(0, 50).Select(i => new[] { (byte)i, (byte)(i + 100) }).ToArray();
        // Interleaved, as events of several chunks are.
        var firsts = arrays.Select(array => (nint)pinned.Pin(array)).ToArray();
        var seconds = arrays.Select(array => (nint)pinned.Pin(array.AsMemory(1))).ToArray();

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        for (var i = 0; i < arrays.Length; i++)
        {
            fixed (byte* now = arrays[i])
                Assert.Equal((nint)now, firsts[i]);
            Assert.Equal(firsts[i] + 1, seconds[i]);
        }

        pinned.Release();
        pinned.Release();
    }

    [Fact]
    public void Memory_that_is_no_array_is_asked_to_pin_itself_and_let_go()
    {
        using var memory = new CountingMemory();
        var pinned = new PinnedMemory();

        Assert.Equal((byte)42, *pinned.Pin(memory.Memory));
        Assert.Equal(1, memory.Pins);
        pinned.Release();

        Assert.Equal(0, memory.Pins);
    }

    [Fact]
    public void Nothing_has_an_address_too() => Assert.NotEqual(0, (nint)new PinnedMemory().Pin(default));

    private sealed class CountingMemory : MemoryManager<byte>
    {
        private readonly byte* _bytes = (byte*)NativeMemory.AllocZeroed(8);

        public int Pins { get; private set; }

        public override Span<byte> GetSpan() => new(_bytes, 8);

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            Pins++;
            _bytes[0] = 42;
            return new MemoryHandle(_bytes + elementIndex, default, this);
        }

        public override void Unpin() => Pins--;

        protected override void Dispose(bool disposing) => NativeMemory.Free(_bytes);
    }
}
