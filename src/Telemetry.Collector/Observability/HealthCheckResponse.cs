using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Telemetry.Collector.Observability;

/// <summary>One check.</summary>
/// <param name="Name">Such as store.</param>
/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Description">In words; null where the check said nothing.</param>
internal sealed record HealthCheckResponse(string Name, string Status, string? Description)
{
    // A check that threw has the exception's text for its description: that may name paths and addresses, and this body is
    // open to everyone.
    public static HealthCheckResponse From(string name, HealthReportEntry entry) =>
        new(name, NameOf(entry.Status), entry.Description == entry.Exception?.Message ? null : entry.Description);

    public static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
