using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Finds the librdkafka that Confluent.Kafka has loaded, so that the process holds one copy of it.</summary>
/// <remarks>
/// The package holds up to three builds for a platform: the normal one (needs libsasl2), one without Cyrus SASL, and one for musl.
/// Confluent.Kafka takes the first that loads. Looking in the same order, from Confluent's own assembly, finds the same file,
/// and the loader then returns the same module.
/// </remarks>
internal static class LibRdKafkaLocation
{
    // Everything that LibRdKafka calls beyond what Confluent.Kafka itself needs of the library.
    private static readonly string[] Required =
    [
        "rd_kafka_produceva", "rd_kafka_produce_batch", "rd_kafka_event_message_array", "rd_kafka_queue_get_main", "rd_kafka_queue_yield",
        "rd_kafka_conf_set_events", "rd_kafka_purge", "rd_kafka_set_log_queue", "rd_kafka_event_stats", "rd_kafka_message_status",
    ];

    private static readonly Lazy<nint> Module = new(Load);

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

    private static nint Load()
    {
        var isMusl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        string[] builds = isMusl ? ["alpine-librdkafka"] : ["librdkafka", "centos8-librdkafka"];
        foreach (var build in builds)
        {
            if (NativeLibrary.TryLoad(build, typeof(ErrorCode).Assembly, DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory, out var module))
                return module;
        }

        return nint.Zero;
    }
}
