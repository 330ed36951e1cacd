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
            if (reply.IsSuccessStatusCode)
                return null;
            var health = await reply.Content.ReadFromJsonAsync<HealthView>(Json, cancellationToken);
            return $"the Collector to be ready: {health}";
        }
        catch (Exception e) when (IsUnavailable(e, cancellationToken))
        {
            return "the Collector to answer";
        }
    }

    /// <summary>The runs of one task; none while the Collector has not heard of it or does not answer.</summary>
    public async Task<IReadOnlyList<RunView>> GetRunsAsync(string taskId, CancellationToken cancellationToken)
    {
        try
        {
            var query = $"v1/runs?task={Uri.EscapeDataString(taskId)}";
            var page = await _http.GetFromJsonAsync<RunPage>(query, Json, cancellationToken);
            return page?.Runs ?? [];
        }
        catch (Exception e) when (IsUnavailable(e, cancellationToken))
        {
            return [];
        }
    }

    public void Dispose() => _http.Dispose();

    // A time-out of the client is a cancellation too, but not ours. What is no JSON comes from another server on that port.
    private static bool IsUnavailable(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private sealed record RunPage(IReadOnlyList<RunView> Runs);
}
