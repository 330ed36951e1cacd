using System.Globalization;
using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>Reads v3's stream: JSON objects one after another, of which the last may have arrived in part only.</summary>
internal static class V3RecordReader
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    /// <summary>Adds the whole objects at the front of the batch's buffer to it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isFinal">Nothing more comes.</param>
    /// <param name="error">Why the stream ends here; the records before it count.</param>
    /// <returns>The bytes that were read; the rest belongs to the next object.</returns>
    public static int Read(RecordBatch batch, bool isFinal, out string? error)
    {
        error = null;
        var consumed = 0;
        // Decoding an object overwrites bytes that the reader has passed; it never looks back.
        var reader = new Utf8JsonReader(batch.Buffer.AsSpan(0, batch.Length), isFinal, new JsonReaderState(Options));
        while (true)
        {
            var count = batch.Count;
            try
            {
                if (!reader.Read())
                    return (int)reader.BytesConsumed;

                if (reader.TokenType != JsonTokenType.StartObject)
                    throw new JsonException("Cannot deserialize value of type `ProduceRequest`");
                if (!TryReadObject(ref reader, batch))
                {
                    batch.RemoveLast();
                    return consumed;
                }
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException)
            {
                if (batch.Count > count)
                    batch.RemoveLast();
                error = $"Bad Request: Error processing message: {problem.Message}";
                return consumed;
            }

            consumed = (int)reader.BytesConsumed;
            Decode(batch, ref batch.At(count));
        }
    }

    private static bool TryReadObject(ref Utf8JsonReader reader, RecordBatch batch)
    {
        ref var record = ref batch.Add();
        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndObject)
                return true;

            bool isWhole;
            if (reader.ValueTextEquals("key"u8))
                isWhole = TryReadData(ref reader, ref record, ref record.HasKeyObject, ref record.KeyFormat, ref record.Key);
            else if (reader.ValueTextEquals("value"u8))
                isWhole = TryReadData(ref reader, ref record, ref record.HasValueObject, ref record.ValueFormat, ref record.Value);
            else if (reader.ValueTextEquals("headers"u8))
                isWhole = TryReadHeaders(ref reader, batch, ref record);
            else
                isWhole = TryReadScalar(ref reader, ref record);
            if (!isWhole)
                return false;
        }
    }

    private static bool TryReadScalar(ref Utf8JsonReader reader, ref ProduceRecord record)
    {
        var isPartition = reader.ValueTextEquals("partition_id"u8);
        var isTimestamp = reader.ValueTextEquals("timestamp"u8);
        if (!isPartition && !isTimestamp && !reader.ValueTextEquals("id"u8))
            record.Failure ??= BadRequest($"Unrecognized field \"{reader.GetString()}\"");

        if (!reader.Read() || !reader.TrySkip())
            return false;

        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (isPartition && (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out record.Partition) || record.Partition < 0))
            record.Failure ??= BadRequest("Cannot deserialize `partition_id`");
        if (isTimestamp)
        {
            if (reader.TokenType == JsonTokenType.String
                && DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp))
                record.Timestamp = timestamp.ToUnixTimeMilliseconds();
            else
                record.Failure ??= BadRequest("Cannot deserialize value of type `java.time.Instant`");
        }

        return true;
    }

    private static bool TryReadData(
        ref Utf8JsonReader reader, ref ProduceRecord record, ref bool isPresent, ref EmbeddedFormat format, ref Slice data)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Cannot construct instance of `ProduceRequestData`");

        isPresent = true;
        var hasType = false;
        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndObject)
                break;

            if (reader.ValueTextEquals("data"u8))
            {
                if (!reader.Read() || !FieldDecoder.TryRange(ref reader, out data))
                    return false;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                if (!reader.Read())
                    return false;
                hasType = TryFormat(ref reader, out format);
            }
            else
            {
                record.Failure ??= BadRequest($"'{reader.GetString()}' needs a schema registry");
                if (!reader.Read() || !reader.TrySkip())
                    return false;
            }
        }

        if (!hasType)
            record.Failure ??= BadRequest("Give 'type': one of BINARY, JSON or STRING; this proxy has no schema registry");
        return true;
    }

    private static bool TryFormat(ref Utf8JsonReader reader, out EmbeddedFormat format)
    {
        format = reader.ValueTextEquals("JSON"u8) ? EmbeddedFormat.Json
            : reader.ValueTextEquals("STRING"u8) ? EmbeddedFormat.String
            : EmbeddedFormat.Binary;
        return format != EmbeddedFormat.Binary || reader.ValueTextEquals("BINARY"u8);
    }

    private static bool TryReadHeaders(ref Utf8JsonReader reader, RecordBatch batch, ref ProduceRecord record)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Cannot deserialize value of type `ArrayList<ProduceRequestHeader>`");

        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndArray)
                return true;

            Slice name = Slice.Null, value = Slice.Null;
            while (true)
            {
                if (!reader.Read())
                    return false;
                if (reader.TokenType == JsonTokenType.EndObject)
                    break;

                var isName = reader.ValueTextEquals("name"u8);
                if (!isName && !reader.ValueTextEquals("value"u8))
                    record.Failure ??= BadRequest($"Unrecognized field \"{reader.GetString()}\"");
                if (!reader.Read() || !FieldDecoder.TryRange(ref reader, out var field))
                    return false;
                if (isName)
                    name = field;
                else
                    value = field;
            }

            batch.AddHeader(new HeaderSlice(name, value));
            record.HeaderCount++;
        }
    }

    private static void Decode(RecordBatch batch, ref ProduceRecord record)
    {
        if (record.Failure is not null)
            return;

        if (!FieldDecoder.TryDecode(batch.Buffer, record.KeyFormat, ref record.Key))
            record.Failure = BadRequest("the key's data is not of its type");
        else if (!FieldDecoder.TryDecode(batch.Buffer, record.ValueFormat, ref record.Value))
            record.Failure = BadRequest("the value's data is not of its type");

        for (var i = record.FirstHeader; i < record.FirstHeader + record.HeaderCount && record.Failure is null; i++)
        {
            var (name, value) = batch.HeaderAt(i);
            if (!FieldDecoder.TryUnquote(batch.Buffer, ref name) || !FieldDecoder.TryDecode(batch.Buffer, EmbeddedFormat.Binary, ref value))
                record.Failure = BadRequest("Cannot deserialize a header: it needs a name, and a value in base64");
            batch.HeaderAt(i) = new HeaderSlice(name, value);
        }
    }

    private static RecordFailure BadRequest(string message) => new(400, $"Bad Request: {message}");
}
