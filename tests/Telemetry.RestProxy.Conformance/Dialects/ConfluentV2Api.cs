using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Telemetry.RestProxy.Conformance.Hosting;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>
/// Confluent REST Proxy, API v2. Source: confluentinc/kafka-rest, resources/v2 (ProduceToTopicAction,
/// AbstractProduceAction, TopicsResource) and entities/v2.
/// </summary>
internal sealed class ConfluentV2Api(RestApiServices services) : RestApi(services)
{
    private const string V2Json = "application/vnd.kafka.v2+json";
    private const string Binary = "application/vnd.kafka.binary.v2+json";
    private const string Json = "application/vnd.kafka.json.v2+json";

    private readonly V2RecordReader _reader = new(RestDialect.ConfluentV2);

    protected override string ContentType => V2Json;

    public override Task HandleAsync(Exchange exchange)
    {
        var request = exchange.Context.Request;
        if (!Accepts(request.Headers.Accept))
            return RefuseAsync(exchange, StatusCodes.Status406NotAcceptable);

        return (request.Method, exchange.Segments) switch
        {
            ("POST", ["topics", var topic]) => ProduceAsync(exchange, topic),
            ("POST", ["topics", var topic, "partitions", _]) => ProduceAsync(exchange, topic),
            ("GET", []) => SendJsonAsync(exchange, new { }),
            ("GET", ["topics"]) => SendJsonAsync(exchange, Store.ListTopics().Select(topic => topic.Name)),
            ("GET", ["topics", var topic]) => DescribeAsync(exchange, topic),
            (_, ["topics"] or ["topics", _]) => RefuseAsync(exchange, StatusCodes.Status405MethodNotAllowed),
            _ => RefuseAsync(exchange, StatusCodes.Status404NotFound),
        };
    }

    protected override string DefaultMessage(int status) => Reasons.Jersey(status);

    protected override void Parse(Exchange exchange, RecordBatch batch)
    {
        var partition = exchange.Segments is [_, _, _, var id] ? int.Parse(id, CultureInfo.InvariantCulture) : (int?)null;
        _reader.Read(batch, FormatOf(exchange.Context.Request.ContentType)!.Value, partition);
    }

    protected override void WriteReply(IBufferWriter<byte> output, Exchange exchange, RecordBatch batch, int positions)
    {
        var writer = new ReplyWriter(output);
        writer.Raw("{\"offsets\":["u8);
        for (var position = 0; position < positions; position++)
        {
            if (position > 0)
                writer.Raw(","u8);
            ref var record = ref batch.At(Math.Min(position, batch.Count - 1));
            if (record.Failure is { } failure)
            {
                writer.Raw("{\"partition\":null,\"offset\":null,\"error_code\":"u8);
                writer.Number(failure.ErrorCode);
                writer.Raw(",\"error\":"u8);
                writer.Text(failure.Message);
                writer.Raw("}"u8);
            }
            else
            {
                writer.Raw("{\"partition\":"u8);
                writer.Number(record.StoredPartition);
                writer.Raw(",\"offset\":"u8);
                writer.Number(record.StoredOffset);
                writer.Raw(",\"error_code\":null,\"error\":null}"u8);
            }
        }

        writer.Raw("],\"key_schema_id\":null,\"value_schema_id\":null}"u8);
        writer.Flush();
    }

    private Task ProduceAsync(Exchange exchange, string topic)
    {
        if (FormatOf(exchange.Context.Request.ContentType) is null)
            return RefuseAsync(exchange, StatusCodes.Status415UnsupportedMediaType);
        if (exchange.Segments is [_, _, _, var id] && !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return RefuseAsync(exchange, StatusCodes.Status404NotFound);

        exchange.Topic = topic;
        exchange.Fault = Services.Faults.Take(topic);
        return ProduceAsync(exchange);
    }

    private Task DescribeAsync(Exchange exchange, string name) =>
        Store.ListTopics().FirstOrDefault(topic => topic.Name == name) is { } found
            ? SendJsonAsync(exchange, TopicsReply.Topic(found))
            : RefuseAsync(exchange, StatusCodes.Status404NotFound, 40401, "Topic not found.");

    // Jersey matches the media type alone; parameters such as charset do not count.
    private static EmbeddedFormat? FormatOf(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) ? null
        : type.MediaType.Equals(Binary, StringComparison.OrdinalIgnoreCase) ? EmbeddedFormat.Binary
        : type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? EmbeddedFormat.Json
        : null;

    private static bool Accepts(StringValues accept)
    {
        if (accept.Count == 0 || accept is [V2Json])
            return true;

        return MediaTypeHeaderValue.TryParseList(accept, out var types)
            && types.Any(type => type.MatchesMediaType(V2Json) && type.Quality != 0);
    }
}
