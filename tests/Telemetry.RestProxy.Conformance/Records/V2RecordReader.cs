using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>Reads <c>{"records":[{"key":…,"value":…}]}</c>, the body of v2 and of the Strimzi bridge.</summary>
internal sealed class V2RecordReader(RestDialect dialect)
{
    private readonly bool _isStrimzi = dialect == RestDialect.Strimzi;

    // The bridge validates against its OpenAPI document, whose refusals are 400; Jackson's unknown fields are 422.
    private readonly int _shapeStatus = dialect == RestDialect.Strimzi ? 400 : 422;

    /// <summary>Adds the records of the batch's buffer to it.</summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    /// <exception cref="BadRequestBodyException">The body is no produce request.</exception>
    public void Read(RecordBatch batch, EmbeddedFormat format, int? pathPartition)
    {
        var reader = new Utf8JsonReader(batch.Buffer.AsSpan(0, batch.Length));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new BadRequestBodyException(400, "Cannot deserialize value of type `ProduceRequest` from this body");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("records"u8))
                ReadRecords(ref reader, batch, format, pathPartition);
            else if (IsSchemaField(ref reader))
                reader.Skip();
            else
                throw Unrecognized(ref reader);
        }

        // A body such as `{}{}` is no request either.
        reader.Read();
        if (batch.Count == 0)
            throw new BadRequestBodyException(_shapeStatus, "records must not be empty");
    }

    private void ReadRecords(ref Utf8JsonReader reader, RecordBatch batch, EmbeddedFormat format, int? pathPartition)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new BadRequestBodyException(400, "Cannot deserialize value of type `ArrayList<ProduceRecord>`");

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new BadRequestBodyException(400, "Cannot deserialize value of type `ProduceRecord`");

            ref var record = ref batch.Add();
            record.KeyFormat = record.ValueFormat = format;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                ReadField(ref reader, batch, ref record);

            if (pathPartition is { } partition)
            {
                if (_isStrimzi && record.Partition != ProduceRecord.AnyPartition)
                    throw new BadRequestBodyException(422, "Partition specified in body and in request path");
                if (record.Partition == ProduceRecord.AnyPartition)
                    record.Partition = partition;
            }
        }
    }

    private void ReadField(ref Utf8JsonReader reader, RecordBatch batch, ref ProduceRecord record)
    {
        if (reader.ValueTextEquals("value"u8))
        {
            record.Value = ReadData(ref reader, batch, record.ValueFormat, "value");
        }
        else if (reader.ValueTextEquals("key"u8))
        {
            record.Key = ReadData(ref reader, batch, record.KeyFormat, "key");
        }
        else if (reader.ValueTextEquals("partition"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                return;
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var partition) || partition < 0)
                throw new BadRequestBodyException(_shapeStatus, "partition must be greater than or equal to 0");
            record.Partition = partition;
        }
        else if (_isStrimzi && reader.ValueTextEquals("timestamp"u8))
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out record.Timestamp))
                throw new BadRequestBodyException(400, "Validation error on: timestamp should be integer");
        }
        else if (_isStrimzi && reader.ValueTextEquals("headers"u8))
        {
            ReadHeaders(ref reader, batch, ref record);
        }
        else
        {
            throw Unrecognized(ref reader);
        }
    }

    private static void ReadHeaders(ref Utf8JsonReader reader, RecordBatch batch, ref ProduceRecord record)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new BadRequestBodyException(400, "Validation error on: headers should be array");

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Slice name = Slice.Null, value = Slice.Null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("key"u8))
                    name = ReadData(ref reader, batch, EmbeddedFormat.String, "header's key");
                else if (reader.ValueTextEquals("value"u8))
                    value = ReadData(ref reader, batch, EmbeddedFormat.Binary, "header's value");
                else
                    throw new BadRequestBodyException(400, "Validation error on: headers");
            }

            if (name.IsNull || value.IsNull)
                throw new BadRequestBodyException(400, "Validation error on: a header needs a key and a value");
            batch.AddHeader(new HeaderSlice(name, value));
            record.HeaderCount++;
        }
    }

    private static Slice ReadData(ref Utf8JsonReader reader, RecordBatch batch, EmbeddedFormat format, string what)
    {
        reader.Read();
        FieldDecoder.TryRange(ref reader, out var data);
        // The reader never looks back, so that the bytes it has passed can be overwritten.
        if (!FieldDecoder.TryDecode(batch.Buffer, format, ref data))
            throw new BadRequestBodyException(422, $"Record {what} contains invalid base64 encoding");
        return data;
    }

    private bool IsSchemaField(ref Utf8JsonReader reader) =>
        !_isStrimzi
        && (reader.ValueTextEquals("key_schema"u8) || reader.ValueTextEquals("key_schema_id"u8)
            || reader.ValueTextEquals("value_schema"u8) || reader.ValueTextEquals("value_schema_id"u8));

    private BadRequestBodyException Unrecognized(ref Utf8JsonReader reader) => _isStrimzi
        ? new BadRequestBodyException(400, $"Validation error on: {reader.GetString()} is not allowed")
        : new BadRequestBodyException(422, $"Unrecognized field: {reader.GetString()}");
}
