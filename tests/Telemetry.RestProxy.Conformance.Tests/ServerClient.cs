using System.Net;
using System.Text;
using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Tests;

/// <summary>A server and a plain HTTP client to it.</summary>
internal sealed class ServerClient : IAsyncDisposable
{
    private ServerClient(RestProxyServer server, bool http2)
    {
        Server = server;
        Http = new HttpClient
        {
            BaseAddress = server.BaseAddress,
            DefaultRequestVersion = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public RestProxyServer Server { get; }

    public HttpClient Http { get; }

    public static async Task<ServerClient> StartAsync(RestProxyServerOptions options) =>
        new(await RestProxyServer.StartAsync(options), options.Http2);

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A produce body of the dialect, binary.</summary>
    public static string Body(RestDialect dialect, params (string? Key, string Value)[] records)
    {
        var isV3 = dialect == RestDialect.ConfluentV3;
        var objects = records.Select(record => JsonSerializer.Serialize(new { key = Data(record.Key), value = Data(record.Value) }));
        return isV3 ? string.Concat(objects) : $"{{\"records\":[{string.Join(',', objects)}]}}";

        object? Data(string? text) => text is null ? null : isV3 ? new { type = "BINARY", data = Base64(text) } : Base64(text);
    }

    public static HttpContent Content(string body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    public static string Path(RestDialect dialect, string topic) => dialect == RestDialect.ConfluentV3
        ? $"v3/clusters/any/topics/{topic}/records"
        : $"topics/{topic}";

    public static string ContentType(RestDialect dialect) => dialect == RestDialect.ConfluentV3
        ? "application/json"
        : "application/vnd.kafka.binary.v2+json";

    public Task<HttpResponseMessage> PostAsync(RestDialect dialect, string topic, params (string? Key, string Value)[] records) =>
        Http.PostAsync(Path(dialect, topic), Content(Body(dialect, records), ContentType(dialect)));

    public async Task<(HttpStatusCode Status, string Body)> PostRawAsync(string path, string body, string contentType, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(body, contentType), Version = Http.DefaultRequestVersion };
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
