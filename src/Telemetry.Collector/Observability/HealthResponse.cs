using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Telemetry.Collector.Observability;

/// <summary>The body of <c>/health/live</c> and <c>/health/ready</c>.</summary>
/// <param name="Status">healthy, degraded or unhealthy: the worst of the checks.</param>
/// <param name="Checks">Each check with its own word.</param>
internal sealed record HealthResponse(string Status, IReadOnlyList<HealthCheckResponse> Checks)
{
    public static HealthResponse From(HealthReport report) => new(
        HealthCheckResponse.NameOf(report.Status),
        [.. report.Entries.Select(entry => HealthCheckResponse.From(entry.Key, entry.Value))]);
}
