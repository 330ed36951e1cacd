using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Telemetry.ClickHouseHost.Engine;

namespace Telemetry.ClickHouseHost.Http;

/// <summary>Answers queries as ClickHouse's HTTP interface does: status, headers and bodies that clients read.</summary>
internal sealed partial class QueryEndpoint(ChdbEngine engine)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Method == HttpMethods.Get && context.Request.Query.Count == 0 && context.Request.Path == "/")
        {
            await context.Response.WriteAsync("Ok.\n");
            return;
        }

        var request = await QueryRequest.ReadAsync(context.Request);
        var connection = await engine.RentAsync(context.RequestAborted);
        try
        {
            // The engine blocks the thread for as long as the query takes.
            using var result = await Task.Run(() => Run(connection, request));
            await (result.Error is { } error ? FailAsync(context.Response, error) : AnswerAsync(context, request, result));
        }
        finally
        {
            engine.Return(connection);
        }
    }

    private static ChdbResult Run(ChdbConnection connection, QueryRequest request)
    {
        if (connection.Database != request.Database)
        {
            var use = connection.Query(Encoding.UTF8.GetBytes($"USE {Identifier(request.Database)}"), "TabSeparated", []);
            if (use.Error is not null)
                return use;
            use.Dispose();
            connection.Database = request.Database;
        }

        foreach (var (name, value) in request.Settings)
        {
            var set = connection.Query(Encoding.UTF8.GetBytes($"SET {Identifier(name)} = {Literal(value)}"), "TabSeparated", []);
            if (set.Error is not null)
                return set;
            set.Dispose();
        }

        var result = Execute(connection, request);
        // They were meant for this query alone.
        foreach (var (name, _) in request.Settings)
            connection.Query(Encoding.UTF8.GetBytes($"SET {Identifier(name)} = DEFAULT"), "TabSeparated", []).Dispose();
        return result;
    }

    private static ChdbResult Execute(ChdbConnection connection, QueryRequest request)
    {
        if (InsertStatement.Split(request.Query) is not var (start, into, format))
            return connection.Query(request.Query, request.Format, request.Parameters);

        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, request.Query.AsSpan(start));
            var insert = $"{into} FROM INFILE {Literal(file)} COMPRESSION 'none' FORMAT {format}";
            return connection.Query(Encoding.UTF8.GetBytes(insert), request.Format, request.Parameters);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task AnswerAsync(HttpContext context, QueryRequest request, ChdbResult result)
    {
        var response = context.Response;
        response.ContentType = "text/plain; charset=UTF-8";
        response.Headers["X-ClickHouse-Format"] = request.Format;
        response.Headers["X-ClickHouse-Timezone"] = "UTC";
        response.Headers["X-ClickHouse-Query-Id"] = context.Request.Query["query_id"].ToString() is { Length: > 0 } id ? id : Guid.NewGuid().ToString();
        response.Headers["X-ClickHouse-Summary"] = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"read_rows":"{{result.RowsRead}}","read_bytes":"{{result.BytesRead}}","written_rows":"{{result.RowsWritten}}","written_bytes":"{{result.BytesWritten}}"}""");
        var bytes = result.Bytes.ToArray();
        if (!request.Compress)
        {
            await response.Body.WriteAsync(bytes);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(bytes);
    }

    private static Task FailAsync(HttpResponse response, string error)
    {
        var code = ErrorCode().Match(error) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 1002;
        response.StatusCode = code switch
        {
            // As ClickHouse's HTTPHandler maps them: unknown things, then what the client wrote wrongly.
            46 or 60 or 81 or 114 or 164 => StatusCodes.Status404NotFound,
            6 or 27 or 38 or 41 or 43 or 53 or 62 or 70 or 72 or 117 or 130 or 386 or 456 or 457 => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };
        response.Headers["X-ClickHouse-Exception-Code"] = code.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsync(error + "\n");
    }

    private static string Identifier(string name) =>
        "`" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal) + "`";

    private static string Literal(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@"Code: (\d+)")]
    private static partial Regex ErrorCode();
}
