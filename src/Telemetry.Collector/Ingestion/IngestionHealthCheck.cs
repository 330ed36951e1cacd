using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>Ready means that every source's offsets advance, or that there is nothing to read; a process that merely exists is not enough.</summary>
internal sealed class IngestionHealthCheck(RunEventSources sources, IOptions<IngestionOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(sources.Statuses, options.Value.StallTimeout));

    internal static HealthCheckResult Judge(IReadOnlyList<(string Name, EventConsumerStatus Status)> sources, TimeSpan stallTimeout)
    {
        if (sources.Count == 0)
            return HealthCheckResult.Unhealthy("Reading has not started.");
        var problems = sources
            .Select(source => (source.Name, Problem: source.Status.FindProblem(stallTimeout)))
            .Where(source => source.Problem is not null)
            .Select(source => $"{source.Name}: {source.Problem}")
            .ToList();
        return problems.Count > 0
            ? HealthCheckResult.Unhealthy(string.Join(" ", problems))
            : HealthCheckResult.Healthy(string.Join(" ", sources.Select(source => $"{source.Name}: {source.Status}")));
    }
}
