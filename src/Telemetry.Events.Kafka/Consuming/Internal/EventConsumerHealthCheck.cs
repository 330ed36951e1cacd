using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>Looks at progress, not at existence: healthy means that records are handled, or that none waits.</summary>
internal sealed class EventConsumerHealthCheck(EventConsumerService service, IOptionsMonitor<EventConsumerOptions> options, string name)
    : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(service.Status is not { } status
            ? HealthCheckResult.Unhealthy($"Consumer {name} has not started.")
            : status.FindProblem(options.Get(name).StallTimeout) is { } problem
                ? HealthCheckResult.Unhealthy(problem)
                : HealthCheckResult.Healthy(status.ToString()));
}
