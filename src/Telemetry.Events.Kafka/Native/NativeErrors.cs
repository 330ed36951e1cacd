using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Reads librdkafka's errors.</summary>
internal static unsafe class NativeErrors
{
    /// <summary>What is behind a client's "fatal error"; the text given where the client does not say.</summary>
    public static (ErrorCode Code, string Text) Fatal(NativeProducerHandle client, string text)
    {
        var buffer = stackalloc byte[LibRdKafka.ErrorTextLength];
        var code = LibRdKafka.FatalError(client.Client, buffer, LibRdKafka.ErrorTextLength);
        return code == ErrorCode.NoError
            ? (ErrorCode.Local_Fatal, text)
            : (code, Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer)));
    }

    /// <summary>The code of an error object, which it destroys.</summary>
    public static ErrorCode Take(nint error)
    {
        var code = LibRdKafka.CodeOf(error);
        LibRdKafka.DestroyError(error);
        return code;
    }
}
