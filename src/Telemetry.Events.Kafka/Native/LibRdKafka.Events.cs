using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <content>The event queue. What an event points to lives as long as the event.</content>
internal static unsafe partial class LibRdKafka
{
    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_get_main")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint GetMainQueue(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyQueue(nint queue);

    /// <summary>Zero for the client's main queue.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_set_log_queue")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode SetLogQueue(nint client, nint queue);

    /// <summary>Waits for an event; zero where none came in time. Events are to be destroyed.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_poll")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Poll(nint queue, int timeoutMs);

    /// <summary>Makes a running <see cref="Poll"/> return.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_yield")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Wake(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_type")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial NativeEventKind KindOf(nint nativeEvent);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyEvent(nint nativeEvent);

    /// <summary>Takes the next messages out of the event; zero when there are no more.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_event_message_array")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nuint MessagesOf(nint nativeEvent, NativeMessage** messages, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_status")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial PersistenceStatus StatusOf(NativeMessage* message);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_error")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode ErrorOf(nint nativeEvent);

    /// <summary>Not zero where the client refuses everything from now on; the error is then the one behind it.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_event_error_is_fatal")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int IsFatal(nint nativeEvent);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_error_string")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ErrorTextOf(nint nativeEvent);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_log")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int LogOf(nint nativeEvent, nint* facility, nint* text, int* level);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_stats")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* StatisticsOf(nint nativeEvent);
}
