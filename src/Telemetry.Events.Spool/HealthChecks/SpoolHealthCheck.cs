using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.HealthChecks;

/// <summary>
/// Unhealthy while a log cannot be written or a commit hangs; degraded when a log fills up, or records were lost since the last look.
/// </summary>
/// <remarks>A look at a log that failed has it try again, so that a spool that nobody writes to recovers too.</remarks>
internal sealed class SpoolHealthCheck(EventSpool spool, IOptions<SpoolOptions> options) : IHealthCheck
{
    public const string Name = "telemetry-spool";
    private static readonly TimeSpan HangingCommit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private long _damaged;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return Task.FromResult(Judge());
    }

    private HealthCheckResult Judge()
    {
        var problems = new List<string>();
        var isUnhealthy = false;
        long events = 0;
        long damaged = 0;
        foreach (var log in spool.Logs)
        {
            var usage = log.Usage;
            events += usage.Events;
            damaged += usage.DamagedRecords;
            if (usage.Failure != SpoolRefusal.None)
            {
                isUnhealthy = true;
                problems.Add($"{log.Delivery} events for {log.Transport} are refused: {usage.Failure.ToCode()}.");
                log.Probe();
            }
            else if (log.CommitRunsFor > HangingCommit)
            {
                isUnhealthy = true;
                problems.Add($"A commit of {log.Delivery} events for {log.Transport} has been running for {log.CommitRunsFor.Value.TotalSeconds:F0} s.");
            }

            if (usage.Bytes >= options.Value.DegradedFillRatio * usage.MaxBytes)
                problems.Add($"The log of {log.Delivery} events for {log.Transport} holds {usage.Bytes} of {usage.MaxBytes} bytes.");
        }

        foreach (var left in spool.LeftLogs)
        {
            events += left.Usage.Events;
            damaged += left.Usage.DamagedRecords;
        }

        if (damaged > _damaged)
            problems.Add($"{damaged - _damaged} records were lost to damage since the last check.");
        // Logs that are sent and deleted take their count along.
        _damaged = damaged;

        var summary = $"{events} events are spooled.";
        if (problems.Count == 0)
            return HealthCheckResult.Healthy(summary);
        summary = $"{string.Join(" ", problems)} {summary}";
        return isUnhealthy ? HealthCheckResult.Unhealthy(summary) : HealthCheckResult.Degraded(summary);
    }
}
