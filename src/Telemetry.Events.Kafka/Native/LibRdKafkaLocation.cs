using System.Runtime.InteropServices;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Says whether the librdkafka of this process can be called as <see cref="LibRdKafka"/> does, and leads its calls there.</summary>
internal static class LibRdKafkaLocation
{
    // Everything that LibRdKafka calls beyond what Confluent.Kafka itself needs of the library.
    private static readonly string[] Required =
    [
        "rd_kafka_produceva", "rd_kafka_produce_batch", "rd_kafka_event_message_array", "rd_kafka_queue_get_main", "rd_kafka_queue_yield",
        "rd_kafka_conf_set_events", "rd_kafka_purge", "rd_kafka_set_log_queue", "rd_kafka_event_stats", "rd_kafka_message_status",
    ];

    private static readonly Lazy<nint> Module = new(LibRdKafkaModule.Load);

    /// <summary>Leads the calls of <see cref="LibRdKafka"/> to the library; once in a process.</summary>
    public static void Register() => NativeLibrary.SetDllImportResolver(
        typeof(LibRdKafkaLocation).Assembly, static (name, _, _) => name == LibRdKafka.Library ? Module.Value : nint.Zero);

    /// <summary>
    /// Why the native path cannot be taken in this process, as half a sentence; null where it can. The first call loads the library.
    /// </summary>
    public static string? Obstacle()
    {
        // An event's place travels in a message's opaque pointer, and takes 64 bits.
        if (nint.Size < 8)
            return "the process is a 32-bit one";
        if (Module.Value == nint.Zero)
            return "librdkafka was not found where Confluent.Kafka has it";
        return MissingEntryPoint(Required) is { } missing ? $"this librdkafka has no {missing}" : null;
    }

    internal static string? MissingEntryPoint(IEnumerable<string> names) =>
        names.FirstOrDefault(name => !NativeLibrary.TryGetExport(Module.Value, name, out _));
}
