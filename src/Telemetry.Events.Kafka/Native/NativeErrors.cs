using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Reads librdkafka's error objects.</summary>
internal static class NativeErrors
{
    /// <summary>The code of an error object, which it destroys.</summary>
    public static ErrorCode Take(nint error)
    {
        var code = LibRdKafka.CodeOf(error);
        LibRdKafka.DestroyError(error);
        return code;
    }
}
