using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Ingestion;

/// <summary>Ready means that offsets advance, or that there is nothing to read; a process that merely exists is not enough.</summary>
internal sealed class IngestionHealthCheck(IngestionProgress progress, IOptions<IngestionOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(progress.Take(), options.Value));

    private static HealthCheckResult Judge(in IngestionProgress.Snapshot now, IngestionOptions options)
    {
        if (now.AssignedPartitions == 0)
        {
            return HealthCheckResult.Unhealthy(
                $"No partition of {options.LoadTopic} or {options.TaskTopic} is assigned yet. {now.LastError ?? "Waiting for the broker."}");
        }

        if (now.Lag > 0 && now.SinceProgress > options.StallTimeout)
        {
            return HealthCheckResult.Unhealthy(
                $"{now.Lag} records wait and none was stored for {now.SinceProgress.TotalSeconds:F0} s. {now.LastError}");
        }

        return HealthCheckResult.Healthy($"{now.AssignedPartitions} partitions, {now.Lag} records behind, {now.StoredRecords} stored.");
    }
}
