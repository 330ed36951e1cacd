using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.Quotas.Limits.File;

/// <summary>Whether the limits file's content is in force; its health check and its metric.</summary>
internal sealed class LimitsFileState : IHealthCheck, IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _failures;
    private volatile string? _failure;

    public LimitsFileState(IMeterFactory meters)
    {
        _meter = meters.Create(CollectorMeter.Name);
        _failures = _meter.CreateCounter<long>(
            "telemetry.collector.quota.limits_file.failures", "{failure}", "Contents of the limits file that were not put in force, and why is in the log.");
    }

    /// <summary>Why it is not in force; null where it is.</summary>
    public string? Failure => _failure;

    /// <summary>Notes how it stands.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Set(string? failure)
    {
        if (failure == _failure)
            return false;
        _failure = failure;
        if (failure is not null)
            _failures.Add(1);
        return true;
    }

    /// <summary>A file that is broken degrades: the last good one holds. What is wrong is in the log, as /health is open to everyone.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_failure is null
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("The limits file's content is not in force, the last good one is; the Collector's log says why."));

    public void Dispose() => _meter.Dispose();
}
