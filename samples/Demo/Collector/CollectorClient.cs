using System.Net.Http.Json;
using System.Text.Json;

namespace Telemetry.Samples.Demo;

/// <summary>Reads the Collector's API.</summary>
internal sealed class CollectorClient(Uri url) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>What is missing until the Collector is ready.</summary>
    public async Task<string?> MissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await _http.GetAsync("health/ready", cancellationToken);
            return reply.IsSuccessStatusCode
                ? null
                : $"the Collector to be ready; it says {(int)reply.StatusCode}: {await reply.Content.ReadAsStringAsync(cancellationToken)}";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return "the Collector to answer";
        }
    }

    /// <summary>The runs of one task; none while the Collector has not heard of it or does not answer.</summary>
    public async Task<IReadOnlyList<RunView>> GetRunsAsync(string taskId, CancellationToken cancellationToken)
    {
        try
        {
            var page = await _http.GetFromJsonAsync<RunPage>($"v1/runs?task={Uri.EscapeDataString(taskId)}", Json, cancellationToken);
            return page?.Runs ?? [];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed record RunPage(IReadOnlyList<RunView> Runs);
}
