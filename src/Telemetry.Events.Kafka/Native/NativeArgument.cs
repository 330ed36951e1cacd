using System.Runtime.InteropServices;

namespace Telemetry.Events.Kafka.Native;

/// <summary><c>rd_kafka_vu_t</c>: one argument of <c>rd_kafka_produceva</c>, a tag and a union padded to 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct NativeArgument
{
    [FieldOffset(0)]
    public NativeArgumentKind Kind;

    /// <summary>An int, in the place of the pointer.</summary>
    [FieldOffset(8)]
    public int Number;

    /// <summary>The topic, the opaque, the start of key or value, or the header's name.</summary>
    [FieldOffset(8)]
    public void* First;

    /// <summary>The length of key or value, or the header's value.</summary>
    [FieldOffset(16)]
    public nint Second;

    /// <summary>The length of the header's value.</summary>
    [FieldOffset(24)]
    public nint Third;
}
