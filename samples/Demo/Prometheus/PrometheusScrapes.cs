using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Telemetry.Samples.Demo;

/// <summary>Asks Prometheus how well it knows a node.</summary>
internal sealed class PrometheusScrapes : IDisposable
{
    // The node is looked up among the answers and not put into the query: then nothing needs to be escaped.
    private const string Query = "api/v1/query?query=count_over_time(node_uname_info[5m])";

    private readonly HttpClient _http;

    public PrometheusScrapes(Uri url)
    {
        var address = new Uri(SafeAddress.Of(url).TrimEnd('/') + "/");
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        if (url.UserInfo.Length > 0)
        {
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo));
            _http.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }
    }

    /// <summary>What is missing until it has scraped the node often enough for the rate before a run to be known.</summary>
    public async Task<string?> MissingAsync(string node, int scrapes, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await _http.GetAsync(Query, cancellationToken);
            if (!reply.IsSuccessStatusCode)
                return $"Prometheus on {_http.BaseAddress} to answer queries; it says {(int)reply.StatusCode}";

            await using var body = await reply.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var found = Count(json.RootElement, node);
            return found >= scrapes
                ? null
                : $"Prometheus on {_http.BaseAddress} to scrape node_uname_info of node '{node}': {found} of {scrapes} times";
        }
        catch (Exception e) when (IsUnavailable(e, cancellationToken))
        {
            return $"Prometheus on {_http.BaseAddress} to answer";
        }
    }

    public void Dispose() => _http.Dispose();

    // A time-out of the client is a cancellation too, but not ours.
    private static bool IsUnavailable(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static int Count(JsonElement reply, string node) => reply.GetProperty("data").GetProperty("result").EnumerateArray()
        .Where(series => series.GetProperty("metric").TryGetProperty("nodename", out var name) && name.GetString() == node)
        .Select(series => int.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture))
        .DefaultIfEmpty(0)
        .Max();
}
