using System.Text;
using FsCheck.Xunit;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Tests.Records;

public class V3RecordReaderTests
{
    private const string Stream =
        """
        {"key":{"type":"BINARY","data":"a2V5"},"value":{"data":"dmFsdWU=","type":"BINARY"},"headers":[{"name":"n\u00e4me","value":"aGVhZGVy"},{"name":"x","value":null}],"partition_id":3,"timestamp":"2021-02-05T19:14:42Z"}
        {"value":{"type":"JSON","data":{ "a" : [1, "two \" {"] }}} {"key":null,"value":{"type":"STRING","data":"sl\u002fash\\"}}{"value":{"type":"BINARY","data":"%"}}{}
        """;

    [Fact]
    public void Decodes_every_field()
    {
        Assert.Equal(
            [
                "key=key value=value p=3 t=1612552482000 näme:header x:(null)",
                "key=(null) value={\"a\":[1,\"two \\\" {\"]} p=-1 t=0",
                "key=(null) value=sl/ash\\ p=-1 t=0",
                "400 Bad Request: the value's data is not of its type",
                "key=(null) value=(null) p=-1 t=0",
            ],
            ReadInPieces(Stream, piece: int.MaxValue));
    }

    [Property]
    public void Reads_the_same_records_wherever_the_stream_is_cut(byte piece) =>
        Assert.Equal(ReadInPieces(Stream, int.MaxValue), ReadInPieces(Stream, piece + 1));

    [Theory]
    [InlineData("""{"value":{"type":"BINARY","data":"YQ=="}} nonsense""", 1)]
    [InlineData("""{"value":{"type":"BINARY","data":"YQ=="}}{"value":""", 1)]
    [InlineData("""[{"value":{"type":"BINARY","data":"YQ=="}}]""", 0)]
    [InlineData("""{"value":1}""", 0)]
    public void Malformed_json_ends_the_stream_behind_the_records_before_it(string stream, int records)
    {
        var batch = new RecordBatch();
        Fill(batch, Encoding.UTF8.GetBytes(stream));

        V3RecordReader.Read(batch, isFinal: true, out var error);

        Assert.StartsWith("Bad Request: ", error, StringComparison.Ordinal);
        Assert.Equal(records, batch.Count);
    }

    private static List<string> ReadInPieces(string stream, int piece)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        var batch = new RecordBatch();
        var read = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(piece, bytes.Length - at);
            Fill(batch, bytes.AsSpan(at, length));
            at += length;
            var consumed = V3RecordReader.Read(batch, isFinal: at == bytes.Length, out var error);
            Assert.Null(error);
            for (var position = 0; position < batch.Count; position++)
                read.Add(Describe(batch, batch.At(position)));
            batch.ClearRecords();
            batch.Discard(consumed);
        }

        Assert.Equal(0, batch.Length);
        return read;
    }

    private static void Fill(RecordBatch batch, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(batch.Room(bytes.Length));
        batch.Length += bytes.Length;
    }

    private static string Describe(RecordBatch batch, ProduceRecord record)
    {
        if (record.Failure is { } failure)
            return $"{failure.ErrorCode} {failure.Message}";

        var text = new StringBuilder($"key={Text(record.Key)} value={Text(record.Value)} p={record.Partition} t={record.Timestamp}");
        foreach (var header in batch.HeadersOf(record))
            text.Append($" {Text(header.Name)}:{Text(header.Value)}");
        return text.ToString();

        string Text(Slice slice) => slice.IsNull ? "(null)" : Encoding.UTF8.GetString(slice.In(batch.Buffer));
    }
}
