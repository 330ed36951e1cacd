using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Observability;

/// <summary>Ready means that the store answers. The cause of a failure goes to the log: /health is open to everyone.</summary>
internal sealed class StoreHealthCheck(IRunStore store) : IHealthCheck
{
    // Reading one row by its id is the cheapest question that every store answers from its tables.
    private const string NoRun = "health-check";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.GetAsync(NoRun, cancellationToken).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (DbException exception)
        {
            return HealthCheckResult.Unhealthy("The store does not answer; the Collector's log says why.", exception);
        }
    }
}
