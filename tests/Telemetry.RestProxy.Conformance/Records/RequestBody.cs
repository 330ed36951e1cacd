using System.IO.Compression;
using System.IO.Pipelines;

namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>Reads a request's body into a batch's buffer, up to a limit.</summary>
internal static class RequestBody
{
    private const int ReadSize = 16 * 1024;

    /// <summary>The body, inflated where the client deflated it.</summary>
    public static PipeReader Open(HttpContext context) => IsGzip(context)
        ? PipeReader.Create(new GZipStream(context.Request.Body, CompressionMode.Decompress))
        : context.Request.BodyReader;

    public static bool IsGzip(HttpContext context) =>
        context.Request.Headers.ContentEncoding is [{ } encoding] && encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads all of the body; false if it is above the limit.</summary>
    public static async ValueTask<bool> TryReadAllAsync(HttpContext context, RecordBatch batch, int limit)
    {
        if (limit > 0 && context.Request.ContentLength > limit)
            return false;

        // One buffer of the right size from the start, in the usual case that the client says how much there is.
        batch.Room((int)Math.Min(context.Request.ContentLength ?? ReadSize, 64 * 1024 * 1024));
        var body = Open(context);
        while (true)
        {
            var more = await ReadAsync(body, batch, context.RequestAborted);
            if (limit > 0 && batch.Length > limit)
                return false;
            if (!more)
                return true;
        }
    }

    /// <summary>Waits for some bytes and adds them; false after the last ones.</summary>
    public static async ValueTask<bool> ReadAsync(PipeReader body, RecordBatch batch, CancellationToken cancellation) =>
        Add(body, await body.ReadAsync(cancellation), batch);

    /// <summary>Adds the bytes that are there already; false if that means waiting.</summary>
    public static bool TryRead(PipeReader body, RecordBatch batch, out bool more)
    {
        more = true;
        if (!body.TryRead(out var result))
            return false;

        more = Add(body, result, batch);
        return true;
    }

    private static bool Add(PipeReader body, ReadResult result, RecordBatch batch)
    {
        foreach (var segment in result.Buffer)
        {
            segment.Span.CopyTo(batch.Room(segment.Length));
            batch.Length += segment.Length;
        }

        body.AdvanceTo(result.Buffer.End);
        return !result.IsCompleted;
    }
}
