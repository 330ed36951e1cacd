using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>Ready means that the stream has caught up, goes on, and that what the tables hold is known.</summary>
internal sealed class QuotaHealthCheck(QuotaProgress progress, IOptions<QuotaFeedOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(progress.FindProblem(options.Value.StallTimeout) is { } problem
            ? HealthCheckResult.Unhealthy(problem)
            : HealthCheckResult.Healthy($"{progress.Partitions.Count} partitions, {progress.Partitions.Sum(partition => partition.Lag)} records behind."));
}
