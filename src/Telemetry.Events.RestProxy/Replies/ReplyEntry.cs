using System.Text.Json;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>Reads what a reply says of one record.</summary>
internal static class ReplyEntry
{
    private const int Success = 200;

    /// <summary>Reads the object at the reader's position, to its end.</summary>
    /// <param name="reader">At the object's start.</param>
    /// <param name="dialect">Gives error codes their meaning.</param>
    /// <param name="partitionName">What the dialect calls the partition.</param>
    /// <exception cref="JsonException">The JSON is malformed.</exception>
    public static DeliveryOutcome Read(ref Utf8JsonReader reader, RestProxyDialect dialect, ReadOnlySpan<byte> partitionName)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return DeliveryOutcome.Unknown(RestProxyOutcomes.MissingReply);
        }

        var (partition, offset, errorCode) = (-1, -1L, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(partitionName))
                partition = ReadInt32(ref reader, partition);
            else if (reader.ValueTextEquals("offset"u8))
                offset = ReadInt64(ref reader, offset);
            else if (reader.ValueTextEquals("error_code"u8))
                errorCode = ReadInt32(ref reader, errorCode);
            else
                reader.Skip();
        }

        if (errorCode is not (0 or Success))
            return RestProxyOutcomes.ForRecord(dialect, errorCode);
        return partition >= 0 && offset >= 0
            ? DeliveryOutcome.Delivered(partition, offset)
            : DeliveryOutcome.Unknown(RestProxyOutcomes.MissingReply);
    }

    private static int ReadInt32(ref Utf8JsonReader reader, int otherwise)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value))
            return value;
        reader.Skip();
        return otherwise;
    }

    private static long ReadInt64(ref Utf8JsonReader reader, long otherwise)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
            return value;
        reader.Skip();
        return otherwise;
    }
}
