using System.Buffers;
using System.Globalization;
using Telemetry.RestProxy.Conformance.Hosting;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>
/// Strimzi Kafka Bridge. Source: strimzi/strimzi-kafka-bridge, HttpBridge, HttpSourceBridgeEndpoint, the record
/// converters and openapi.json.
/// </summary>
internal sealed class StrimziApi(RestApiServices services) : RestApi(services)
{
    private const string KafkaJson = "application/vnd.kafka.v2+json";
    private const string Binary = "application/vnd.kafka.binary.v2+json";
    private const string Json = "application/vnd.kafka.json.v2+json";

    private static readonly object FormatKey = new();
    private readonly V2RecordReader _reader = new(RestDialect.Strimzi);

    protected override string ContentType => KafkaJson;

    public override Task HandleAsync(Exchange exchange) => (exchange.Context.Request.Method, exchange.Segments) switch
    {
        ("POST", ["topics", var topic]) => ProduceAsync(exchange, topic),
        ("POST", ["topics", var topic, "partitions", var partition]) => ProduceAsync(exchange, topic, partition),
        ("GET", []) => SendAsync(exchange, StatusCodes.Status200OK, "application/json", "{\"bridge_version\":\"0.33.1\"}"u8.ToArray()),
        ("GET", ["healthy"] or ["ready"]) => NoContent(exchange),
        ("GET", ["topics"]) => SendJsonAsync(exchange, Store.ListTopics().Select(topic => topic.Name)),
        ("GET", ["topics", var topic]) => DescribeAsync(exchange, topic),
        (_, ["topics"] or ["topics", _]) => RefuseAsync(exchange, StatusCodes.Status405MethodNotAllowed),
        _ => RefuseAsync(exchange, StatusCodes.Status404NotFound),
    };

    protected override string DefaultMessage(int status) => Reasons.Netty(status);

    protected override void Parse(Exchange exchange, RecordBatch batch)
    {
        var partition = exchange.Segments is [_, _, _, var id] ? int.Parse(id, CultureInfo.InvariantCulture) : (int?)null;
        _reader.Read(batch, (EmbeddedFormat)ConnectionItems(exchange)[FormatKey]!, partition);
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
            writer.Raw(record.Failure is null ? "{\"partition\":"u8 : "{\"error_code\":"u8);
            writer.Number(record.Failure?.ErrorCode ?? record.StoredPartition);
            if (record.Failure is { } failure)
            {
                writer.Raw(",\"message\":"u8);
                writer.Text(failure.Message);
            }
            else
            {
                writer.Raw(",\"offset\":"u8);
                writer.Number(record.StoredOffset);
            }

            writer.Raw("}"u8);
        }

        writer.Raw("]}"u8);
        writer.Flush();
    }

    private Task ProduceAsync(Exchange exchange, string topic, string? partition = null)
    {
        exchange.Topic = topic;
        if (partition is not null && !int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return RefuseAsync(exchange, StatusCodes.Status422UnprocessableEntity, message: "Specified partition is not a valid number");

        // The OpenAPI validation looks at the media type and refuses others.
        var contentType = exchange.Context.Request.ContentType ?? "";
        var mediaType = contentType.Split(';')[0].TrimEnd();
        if (mediaType is not (Binary or Json))
            return RefuseAsync(exchange, StatusCodes.Status400BadRequest);

        // The bridge's own producer belongs to the connection and takes its format from the connection's first request.
        // Only there is the header compared, as a whole: "; charset=utf-8" is an unknown format.
        var items = ConnectionItems(exchange);
        lock (items)
        {
            if (!items.ContainsKey(FormatKey))
            {
                if (contentType is not (Binary or Json))
                    return RefuseAsync(exchange, StatusCodes.Status500InternalServerError, message: contentType);
                items[FormatKey] = contentType == Binary ? EmbeddedFormat.Binary : EmbeddedFormat.Json;
            }
        }

        exchange.Fault = Services.Faults.Take(topic);
        return ProduceAsync(exchange);
    }

    private Task DescribeAsync(Exchange exchange, string name) =>
        Store.ListTopics().FirstOrDefault(topic => topic.Name == name) is { } found
            ? SendJsonAsync(exchange, TopicsReply.Topic(found))
            : RefuseAsync(exchange, StatusCodes.Status404NotFound, message: "This server does not host this topic-partition.");

    private static Task NoContent(Exchange exchange)
    {
        exchange.Context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private IDictionary<object, object?> ConnectionItems(Exchange exchange) =>
        Services.Connections.ItemsOf(exchange.Context.Connection.Id);
}
