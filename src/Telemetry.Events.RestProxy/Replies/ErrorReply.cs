using System.Text.Json;

namespace Telemetry.Events.RestProxy;

/// <summary>Reads the error code of a request that failed as a whole: <c>{"error_code":40401,"message":"…"}</c>.</summary>
internal static class ErrorReply
{
    /// <returns>0 where there is none.</returns>
    public static int ReadCode(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isCode = reader.ValueTextEquals("error_code"u8);
                reader.Read();
                if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var code))
                    return code;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // No JSON, no code.
        }

        return 0;
    }

    /// <summary>Whether it is the topic that is missing, and not the path.</summary>
    public static bool NamesTopic(int errorCode) => errorCode is 40401 or 40402 or 40403;
}
