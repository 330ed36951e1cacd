using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Ingestion;

namespace Telemetry.Collector.Completeness;

/// <summary>
/// Missing events, or reading that stands still, degrade: what is lost elsewhere is no reason to take this Collector out of service.
/// Counts only: /health is open to everyone.
/// </summary>
internal sealed class CompletenessHealthCheck(
    CompletenessMonitor monitor, CompletenessSources sources, IOptions<CompletenessOptions> options, IOptions<IngestionOptions> ingestion) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(options.Value.Enabled ? Judge() : HealthCheckResult.Healthy("Completeness is not watched."));

    private HealthCheckResult Judge()
    {
        var problems = sources.Statuses
            .Select(source => (source.Name, Problem: source.Status.FindProblem(ingestion.Value.StallTimeout)))
            .Where(source => source.Problem is not null)
            .Select(source => $"{source.Name}: {source.Problem}")
            .ToList();
        if (monitor.Producers is not { } producers)
            problems.Add("Not judged yet; the Collector's log says why, where that lasts.");
        else if (producers.Count(producer => producer.Classes.Any(entry => entry.Missing > 0)) is var count and > 0)
            problems.Add($"{producers.Sum(producer => producer.Classes.Sum(entry => entry.Missing))} events of {count} producers are missing; /v1/completeness says which.");
        return problems.Count > 0
            ? HealthCheckResult.Degraded(string.Join(" ", problems))
            : HealthCheckResult.Healthy($"{monitor.Producers!.Count} producers, nothing missing.");
    }
}
