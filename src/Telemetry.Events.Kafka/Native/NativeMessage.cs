using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary><c>rd_kafka_message_t</c>: a message to be produced, or one that a delivery report is about.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMessage
{
    public ErrorCode Error;
    public nint Topic;
    public int Partition;
    public void* Payload;
    public nuint PayloadLength;
    public void* Key;
    public nuint KeyLength;
    public long Offset;

    /// <summary><c>_private</c>: comes back in the delivery report as it was given.</summary>
    public nint Opaque;
}
