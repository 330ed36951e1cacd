using System.Buffers;
using System.Text;
using System.Text.Json;
using Telemetry.RestProxy.Conformance.Hosting;
using Telemetry.RestProxy.Conformance.Records;
using Telemetry.RestProxy.Conformance.Storage;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>What the dialects share: a produce request from its body to its answer, faults included.</summary>
internal abstract class RestApi(RestApiServices services)
{
    protected RestApiServices Services { get; } = services;

    protected IRecordStore Store => Services.Store;

    /// <summary>The content type of replies, errors included.</summary>
    protected abstract string ContentType { get; }

    /// <summary>Answers a request.</summary>
    public abstract Task HandleAsync(Exchange exchange);

    /// <summary>Answers with an error of the whole request.</summary>
    public Task RefuseAsync(Exchange exchange, int status, int? errorCode = null, string? message = null)
    {
        var body = new ArrayBufferWriter<byte>();
        WriteError(body, errorCode ?? status, message ?? DefaultMessage(status));
        return SendAsync(exchange, status, ContentType, body.WrittenMemory);
    }

    /// <summary>The message of a status that the dialect gives by itself.</summary>
    protected abstract string DefaultMessage(int status);

    /// <summary>Adds the body's records to the batch.</summary>
    protected abstract void Parse(Exchange exchange, RecordBatch batch);

    /// <summary>Writes the reply to the batch: so many positions, the last one repeated where there are fewer.</summary>
    protected abstract void WriteReply(IBufferWriter<byte> output, Exchange exchange, RecordBatch batch, int positions);

    /// <summary>Reads all of a produce request, stores it and answers, as the fault that it meets has it.</summary>
    protected async Task ProduceAsync(Exchange exchange)
    {
        var batch = Services.Batches.Get();
        if (!await TryReadAsync(exchange, batch))
            return;

        var fault = exchange.Fault;
        ApplyFailures(exchange.Topic!, batch, fault);
        await Store.StoreAsync(exchange.Topic!, batch, Math.Min(batch.Count, fault?.StoredRecords ?? batch.Count));
        exchange.Log();
        await AnswerAsync(exchange, batch);
        // Not in a finally: after an exception a delivery report may still write into the batch.
        Services.Batches.Return(batch);
    }

    protected void ApplyFailures(string topic, RecordBatch batch, RestFault? fault)
    {
        var rule = Services.Faults.Rule;
        if (rule is null && fault?.Failure is null)
            return;

        for (var position = 0; position < batch.Count; position++)
        {
            ref var record = ref batch.At(position);
            if (fault?.Fails(position) == true)
                record.Failure ??= fault.Failure;
            else if (rule is not null)
                record.Failure ??= rule(topic, position, record.Key.In(batch.Buffer), record.Value.In(batch.Buffer));
        }
    }

    protected static Task SendAsync(Exchange exchange, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        exchange.Log();
        var response = exchange.Context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return response.BodyWriter.WriteAsync(body).AsTask();
    }

    protected Task SendJsonAsync(Exchange exchange, object body) =>
        SendAsync(exchange, StatusCodes.Status200OK, ContentType, JsonSerializer.SerializeToUtf8Bytes(body));

    protected static void WriteError(IBufferWriter<byte> output, int errorCode, string message)
    {
        var writer = new ReplyWriter(output);
        writer.Raw("{\"error_code\":"u8);
        writer.Number(errorCode);
        writer.Raw(",\"message\":"u8);
        writer.Text(message);
        writer.Raw("}"u8);
        writer.Flush();
    }

    private async Task<bool> TryReadAsync(Exchange exchange, RecordBatch batch)
    {
        try
        {
            if (!await RequestBody.TryReadAllAsync(exchange.Context, batch, Services.MaxRequestBytes))
            {
                // What is still unread would be taken for the next request.
                exchange.Context.Response.Headers.Connection = exchange.Context.Request.Protocol == "HTTP/1.1" ? "close" : default;
                await RefuseAsync(exchange, StatusCodes.Status413PayloadTooLarge);
                return false;
            }

            exchange.BodyBytes = batch.Length;
            Parse(exchange, batch);
            exchange.RecordCount = batch.Count;
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidDataException)
        {
            await RefuseAsync(exchange, StatusCodes.Status400BadRequest, message: problem.Message);
        }
        catch (BadRequestBodyException problem)
        {
            await RefuseAsync(exchange, problem.Status, message: problem.Message);
        }

        return false;
    }

    private async Task AnswerAsync(Exchange exchange, RecordBatch batch)
    {
        var fault = exchange.Fault ?? Services.NoFault;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(exchange.Context.RequestAborted, exchange.Stopping);
        if (fault.Delay > TimeSpan.Zero)
            await Task.Delay(fault.Delay, Services.TimeProvider, gone.Token);
        if (fault.RetryAfter is { } retryAfter)
            exchange.Context.Response.Headers.RetryAfter = retryAfter;

        switch (fault.Reply)
        {
            case RestReply.Error:
                await RefuseAsync(exchange, fault.Status, fault.ErrorCode, fault.Message);
                break;
            case RestReply.Garbage:
                await SendAsync(exchange, fault.Status, fault.ContentType ?? ContentType, "\0\u0001{{not json\"\ufffd]"u8.ToArray());
                break;
            case RestReply.HtmlPage:
                var page = $"<html>\r\n<head><title>{fault.Status}</title></head>\r\n<body>\r\n<center><h1>{fault.Status}</h1></center>\r\n</body>\r\n</html>\r\n";
                await SendAsync(exchange, fault.Status, "text/html", Encoding.UTF8.GetBytes(page));
                break;
            case RestReply.Never:
                await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token);
                break;
            case RestReply.Reset:
                Services.Connections.Reset(exchange.Context.Connection.Id);
                break;
            default:
                await SendReplyAsync(exchange, batch, fault);
                break;
        }
    }

    private async Task SendReplyAsync(Exchange exchange, RecordBatch batch, RestFault fault)
    {
        var body = Services.Replies.Get();
        WriteReply(body, exchange, batch, fault.ReplyCount ?? batch.Count);
        var bytes = body.WrittenMemory;
        if (fault.Reply == RestReply.HalfBody || fault.CutAfterReply)
        {
            // Kestrel closes the connection of a response that is shorter than it said. All its bytes arrive first, which
            // a reset would not promise.
            exchange.Context.Response.ContentLength = bytes.Length + 1;
            exchange.Context.Response.StatusCode = fault.Status;
            exchange.Context.Response.ContentType = fault.ContentType ?? ContentType;
            var sent = fault.Reply == RestReply.HalfBody ? bytes[..(bytes.Length / 2)] : bytes;
            await exchange.Context.Response.BodyWriter.WriteAsync(sent);
        }
        else
        {
            await SendAsync(exchange, fault.Status, fault.ContentType ?? ContentType, bytes);
        }

        Services.Replies.Return(body);
    }
}
