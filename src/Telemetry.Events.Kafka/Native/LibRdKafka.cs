using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>
/// The part of librdkafka's C API (<c>rdkafka.h</c>) that Confluent.Kafka does not offer: producing many messages without an
/// allocation each, and taking their delivery reports from an event queue.
/// </summary>
/// <remarks>
/// Checked against the header of librdkafka.redist 2.16.0; LibRdKafkaTests compares what can be compared. Handles are
/// plain pointers: <see cref="NativeProducerHandle"/> owns the client and all that belongs to it.
/// </remarks>
internal static unsafe partial class LibRdKafka
{
    public const string Library = "librdkafka";
    public const int ProducerType = 0;
    public const int ConfigurationOk = 0;
    public const int AnyPartition = -1;
    public const int PurgeQueued = 0x1;
    public const int PurgeInFlight = 0x2;
    public const int PurgeWithoutWaiting = 0x4;
    public const int ErrorTextLength = 512;

    static LibRdKafka() => LibRdKafkaLocation.Register();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int SetConfiguration(nint configuration, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_events")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetEvents(nint configuration, NativeEventKind events);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyConfiguration(nint configuration);

    /// <summary>Takes ownership of the configuration, unless it fails and returns zero.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint NewClient(int type, nint configuration, byte* error, nuint errorSize);

    /// <summary>Ends the client's threads; what it still holds is gone without a report.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyClient(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_new", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint NewTopic(nint client, string name, nint configuration);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyTopic(nint topic);

    /// <summary>Blocks up to the time-out. The result is to be destroyed.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_metadata")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode GetMetadata(nint client, int allTopics, nint onlyTopic, NativeMetadata** metadata, int timeoutMs);

    [LibraryImport(Library, EntryPoint = "rd_kafka_metadata_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyMetadata(NativeMetadata* metadata);

    /// <summary>Returns how many were taken; each message's Error tells. Headers cannot be given.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_produce_batch")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ProduceBatch(nint topic, int partition, int flags, NativeMessage* messages, int count);

    /// <summary>Returns zero, or an error object that is to be destroyed.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_produceva")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Produce(nint client, NativeArgument* arguments, nuint count);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_code")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode CodeOf(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_destroy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyError(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_purge")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode Purge(nint client, int flags);

    [LibraryImport(Library, EntryPoint = "rd_kafka_oauthbearer_set_token", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode SetToken(
        nint client, string token, long expiresAtMs, string principal, nint extensions, nuint extensionCount, byte* error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_oauthbearer_set_token_failure", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorCode SetTokenFailure(nint client, string reason);
}
