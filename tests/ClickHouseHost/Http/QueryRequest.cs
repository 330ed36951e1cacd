using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Telemetry.ClickHouseHost.Http;

/// <summary>A request of ClickHouse's HTTP interface: the query in <c>?query=</c>, in the body, or begun in one and ended in the other.</summary>
internal sealed class QueryRequest
{
    // What the interface itself reads; everything else in the address is a setting.
    private static readonly string[] Own =
        ["query", "query_id", "database", "default_format", "user", "password", "session_id", "session_timeout", "session_check",
            "enable_http_compression", "compress", "decompress", "wait_end_of_query", "buffer_size", "quota_key", "role", "stacktrace"];

    public required byte[] Query { get; init; }

    public required string Database { get; init; }

    public required string Format { get; init; }

    public required bool Compress { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    public static async Task<QueryRequest> ReadAsync(HttpRequest request)
    {
        var address = request.Query;
        var query = new ArrayBufferWriter<byte>();
        if (address["query"].ToString() is { Length: > 0 } text)
        {
            query.Write(Encoding.UTF8.GetBytes(text));
            query.Write("\n"u8);
        }

        var pairs = address.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())).ToList();
        if (request.HasFormContentType)
        {
            // Parameters that are too long for an address, with the query among them.
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            query.Write(Encoding.UTF8.GetBytes(form["query"].ToString()));
            pairs.AddRange(form.Where(pair => pair.Key != "query").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
        }
        else
        {
            await using var body = Decompress(request);
            using var content = new MemoryStream();
            await body.CopyToAsync(content, request.HttpContext.RequestAborted);
            query.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
        }

        return new QueryRequest
        {
            Query = query.WrittenSpan.ToArray(),
            Database = address["database"].ToString() is { Length: > 0 } database ? database
                : request.Headers["X-ClickHouse-Database"].ToString() is { Length: > 0 } named ? named : "default",
            Format = address["default_format"].ToString() is { Length: > 0 } format ? format
                : request.Headers["X-ClickHouse-Format"].ToString() is { Length: > 0 } header ? header : "TabSeparated",
            Compress = address["enable_http_compression"] == "1" &&
                request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal),
            Parameters = [.. pairs.Where(pair => pair.Key.StartsWith("param_", StringComparison.Ordinal))
                .Select(pair => KeyValuePair.Create(pair.Key["param_".Length..], pair.Value))],
            Settings = [.. pairs.Where(pair => !pair.Key.StartsWith("param_", StringComparison.Ordinal) && !Own.Contains(pair.Key))],
        };
    }

    private static Stream Decompress(HttpRequest request) => request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "zstd" => new ZstdSharp.DecompressionStream(request.Body),
        "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
        var other => throw new BadHttpRequestException($"Code: 1000. Unknown Content-Encoding '{other}'."),
    };
}
