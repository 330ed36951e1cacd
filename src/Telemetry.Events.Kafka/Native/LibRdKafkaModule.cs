using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Finds the librdkafka that Confluent.Kafka has loaded, so that the process holds one copy of it.</summary>
/// <remarks>
/// The package holds up to three builds for a platform: the normal one (needs libsasl2), one without Cyrus SASL, and one for musl.
/// Confluent.Kafka takes the first that loads. Looking in the same order, from Confluent's own assembly, finds the same file,
/// and the loader then returns the same module. Telemetry.Events.Testing compiles this file too.
/// </remarks>
internal static class LibRdKafkaModule
{
    /// <summary>The module's handle; zero where there is none.</summary>
    public static nint Load()
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
