using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <content>Lists of headers. A list belongs to who made it, until a message that carries it was taken.</content>
internal static unsafe partial class LibRdKafka
{
    [LibraryImport(Library, EntryPoint = "rd_kafka_headers_new")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint NewHeaders(nuint initialCount);

    [LibraryImport(Library, EntryPoint = "rd_kafka_headers_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyHeaders(nint headers);

    /// <summary>Copies name and value.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_header_add")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode AddHeader(nint headers, void* name, nint nameLength, void* value, nint valueLength);

    /// <summary>Takes the list out of a message. It looks at two fields and never waits, for which a transition would be too dear.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_message_detach_headers")]
    [SuppressGCTransition]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode DetachHeaders(NativeMessage* message, nint* headers);
}
