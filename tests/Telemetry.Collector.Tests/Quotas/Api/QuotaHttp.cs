using System.Net;
using System.Text;
using System.Text.Json;

namespace Telemetry.Collector.Tests.Quotas.Api;

/// <summary>Requests with JSON.</summary>
internal static class QuotaHttp
{
    public static Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }

    /// <summary>The reply's body as text, after its status was checked.</summary>
    public static async Task<string> TextAsync(
        this HttpClient client, HttpMethod method, string path, string? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await client.SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{method} {path} answered {(int)response.StatusCode}: {text}");
        return text;
    }

    public static Task<string> PostAsync(this HttpClient client, string path, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        client.TextAsync(HttpMethod.Post, path, body, expected);

    public static Task<string> PutAsync(this HttpClient client, string path, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        client.TextAsync(HttpMethod.Put, path, body, expected);

    public static JsonElement Json(this string text) => JsonDocument.Parse(text).RootElement;
}
