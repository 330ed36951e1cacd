using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Telemetry.RestProxy.Conformance.Hosting;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>
/// Confluent REST Proxy, API v3. Source: confluentinc/kafka-rest, api/v3/openapi.yaml, resources/v3/ProduceAction and
/// response/StreamingResponse.
/// </summary>
internal sealed class ConfluentV3Api(RestApiServices services) : RestApi(services)
{
    private const string Json = "application/json";
    private const int MaxUnsentReplies = 1000;

    protected override string ContentType => Json;

    public override Task HandleAsync(Exchange exchange)
    {
        var isProduce = exchange.Context.Request.Method == "POST";
        return exchange.Segments switch
        {
            ["v3", "clusters", _, "topics", var topic, "records"] when isProduce => ProduceAsync(exchange, topic),
            ["v3", "clusters", _, "topics", _, "records"] => RefuseAsync(exchange, StatusCodes.Status405MethodNotAllowed),
            ["v3", "clusters", ..] when isProduce => RefuseAsync(exchange, StatusCodes.Status405MethodNotAllowed),
            ["v3", "clusters"] => SendJsonAsync(exchange, V3Resources.Clusters(Root(exchange), Store.ClusterId)),
            ["v3", "clusters", var id, ..] when id != Store.ClusterId =>
                RefuseAsync(exchange, StatusCodes.Status404NotFound, message: $"Cluster {id} cannot be found."),
            ["v3", "clusters", var id] => SendJsonAsync(exchange, V3Resources.Cluster(Root(exchange), id)),
            ["v3", "clusters", var id, "topics"] => SendJsonAsync(exchange, V3Resources.Topics(Root(exchange), id, Store.ListTopics())),
            ["v3", "clusters", var id, "topics", var topic] => DescribeAsync(exchange, id, topic),
            _ => RefuseAsync(exchange, StatusCodes.Status404NotFound),
        };
    }

    protected override string DefaultMessage(int status) => Reasons.Jersey(status);

    protected override void Parse(Exchange exchange, RecordBatch batch)
    {
        V3RecordReader.Read(batch, isFinal: true, out var error);
        exchange.StreamError = error is null ? null : new RecordFailure(StatusCodes.Status400BadRequest, error);
    }

    protected override void WriteReply(IBufferWriter<byte> output, Exchange exchange, RecordBatch batch, int positions)
    {
        var writer = new ReplyWriter(output);
        var place = Encoding.UTF8.GetBytes(
            $"{{\"error_code\":200,\"cluster_id\":\"{JsonEncodedText.Encode(exchange.Segments[2])}\",\"topic_name\":\"{JsonEncodedText.Encode(exchange.Topic!)}\",\"partition_id\":");
        var now = Services.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        Span<byte> timestamp = stackalloc byte[32];
        var (lastTime, timestampLength) = (0L, 0);
        for (var position = 0; position < positions && batch.Count > 0; position++)
        {
            ref var record = ref batch.At(Math.Min(position, batch.Count - 1));
            if (record.Failure is { } failure)
            {
                WriteFailure(ref writer, failure);
                continue;
            }

            // Records of one moment are many; their time is formatted once.
            var time = record.Timestamp == 0 ? now : record.Timestamp;
            if (time != lastTime)
            {
                DateTimeOffset.FromUnixTimeMilliseconds(time).TryFormat(
                    timestamp, out timestampLength, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
                lastTime = time;
            }

            writer.Raw(place);
            writer.Number(record.StoredPartition);
            writer.Raw(",\"offset\":"u8);
            writer.Number(record.StoredOffset);
            writer.Raw(",\"timestamp\":\""u8);
            writer.Raw(timestamp[..timestampLength]);
            writer.Raw("\""u8);
            if (record.HasKeyObject)
                WriteSize(ref writer, ",\"key\":{\"type\":\""u8, record.KeyFormat, record.Key);
            if (record.HasValueObject)
                WriteSize(ref writer, ",\"value\":{\"type\":\""u8, record.ValueFormat, record.Value);
            writer.Raw("}\r\n"u8);
        }

        if (exchange.StreamError is { } error)
            WriteFailure(ref writer, error);
        writer.Flush();
    }

    private Task ProduceAsync(Exchange exchange, string topic)
    {
        exchange.Topic = topic;
        if (!MediaTypeHeaderValue.TryParse(exchange.Context.Request.ContentType, out var type)
            || !type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
            return RefuseAsync(exchange, StatusCodes.Status415UnsupportedMediaType);

        // The cluster in the path is not looked at, as in the real one (ProduceControllerImpl). A fault is about the whole
        // request and needs all of it; a healthy request is answered while it is read.
        exchange.Fault = Services.Faults.Take(topic);
        return exchange.Fault is null ? StreamAsync(exchange) : ProduceAsync(exchange);
    }

    private async Task StreamAsync(Exchange exchange)
    {
        var response = exchange.Context.Response;
        var limit = Services.MaxRequestBytes;
        if (limit > 0 && exchange.Context.Request.ContentLength > limit)
        {
            await RefuseAsync(exchange, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        response.ContentType = Json;
        var batch = Services.Batches.Get();
        var body = RequestBody.Open(exchange.Context);
        var unsent = 0;
        for (var more = true; more && exchange.StreamError is null;)
        {
            var unread = batch.Length;
            // A reply waits only while there is more to read at once: a send for each would cost more than the rest.
            if (unsent > MaxUnsentReplies || !RequestBody.TryRead(body, batch, out more))
            {
                if (unsent > 0)
                    await response.BodyWriter.FlushAsync(exchange.Context.RequestAborted);
                unsent = 0;
                more = await RequestBody.ReadAsync(body, batch, exchange.Context.RequestAborted);
            }

            exchange.BodyBytes += batch.Length - unread;
            var consumed = V3RecordReader.Read(batch, isFinal: !more, out var error);
            if (limit > 0 && exchange.BodyBytes > limit)
                exchange.StreamError = RecordFailure.TooLarge;
            else if (error is not null)
                exchange.StreamError = new RecordFailure(StatusCodes.Status400BadRequest, error);
            exchange.RecordCount += batch.Count;

            ApplyFailures(exchange.Topic!, batch, fault: null);
            await Store.StoreAsync(exchange.Topic!, batch, batch.Count);
            WriteReply(response.BodyWriter, exchange, batch, batch.Count);
            unsent += batch.Count;
            batch.ClearRecords();
            batch.Discard(consumed);
        }

        exchange.Log();
        await response.BodyWriter.FlushAsync(exchange.Context.RequestAborted);
        Services.Batches.Return(batch);
    }

    private static void WriteFailure(ref ReplyWriter writer, RecordFailure failure)
    {
        writer.Raw("{\"error_code\":"u8);
        writer.Number(failure.ErrorCode);
        writer.Raw(",\"message\":"u8);
        writer.Text(failure.Message);
        writer.Raw("}\r\n"u8);
    }

    private static void WriteSize(ref ReplyWriter writer, ReadOnlySpan<byte> start, EmbeddedFormat format, Slice data)
    {
        writer.Raw(start);
        writer.Raw(format switch
        {
            EmbeddedFormat.Json => "JSON"u8,
            EmbeddedFormat.String => "STRING"u8,
            _ => "BINARY"u8,
        });
        writer.Raw("\",\"size\":"u8);
        writer.Number(data.Length);
        writer.Raw("}"u8);
    }

    private Task DescribeAsync(Exchange exchange, string cluster, string name) =>
        Store.ListTopics().FirstOrDefault(topic => topic.Name == name) is { } found
            ? SendJsonAsync(exchange, V3Resources.Topic(Root(exchange), cluster, found))
            : RefuseAsync(exchange, StatusCodes.Status404NotFound, 40403, "This server does not host this topic-partition.");

    private static string Root(Exchange exchange)
    {
        var path = exchange.Context.Request.Path.Value!;
        return $"http://{exchange.Context.Request.Host}{path[..path.IndexOf("/v3", StringComparison.Ordinal)]}/v3/clusters";
    }
}
