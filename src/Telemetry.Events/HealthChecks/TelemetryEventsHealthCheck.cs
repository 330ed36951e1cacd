using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Telemetry.Events.Routing;

namespace Telemetry.Events.HealthChecks;

/// <summary>
/// Looks at progress, not at existence: unhealthy when events are in flight or spooled and none was delivered for
/// <see cref="TelemetryEventsOptions.StallTimeout"/>, degraded when events were dropped or refused since the last look, or
/// go by a second transport.
/// </summary>
internal sealed class TelemetryEventsHealthCheck(
    IEventPublisher publisher, IOptions<TelemetryEventsOptions> options, TimeProvider time, FailoverTransports? failovers = null)
    : IHealthCheck
{
    public const string Name = "telemetry-events";

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private long _delivered;
    private long _lost;
    private DateTimeOffset _lastProgress = time.GetUtcNow();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var ledger = publisher.GetLedger();
        lock (_gate)
            return Task.FromResult(Judge(ledger));
    }

    // Of this process and of earlier ones: neither must stand still.
    private static long Waiting(LedgerSnapshot ledger) => ledger.InFlight + ledger.Spooled +
        ledger.Classes.Sum(entry => entry.Recovered - entry.Redelivered - entry.RecoveredDropped);

    private HealthCheckResult Judge(LedgerSnapshot ledger)
    {
        var now = time.GetUtcNow();
        var delivered = ledger.Classes.Sum(entry => entry.Delivered + entry.Redelivered);
        var lost = ledger.Classes.Sum(entry => entry.Dropped.Values.Sum() + entry.Refused.Values.Sum());
        var (wasDelivered, wasLost) = (_delivered, _lost);
        (_delivered, _lost) = (delivered, lost);
        if (delivered > wasDelivered || Waiting(ledger) == 0)
            _lastProgress = now;

        var stalled = now - _lastProgress;
        if (stalled >= options.Value.StallTimeout)
            return HealthCheckResult.Unhealthy($"{Waiting(ledger)} events are in flight or spooled and none was delivered for {stalled.TotalSeconds:F0} s. {ledger}");
        if (lost > wasLost)
            return HealthCheckResult.Degraded($"{lost - wasLost} events were dropped or refused since the last check. {InUse()}{ledger}");
        return failovers?.Pairs.Any(pair => pair.State != CircuitState.Closed) == true
            ? HealthCheckResult.Degraded(InUse() + ledger)
            : HealthCheckResult.Healthy(InUse() + ledger);
    }

    /// <summary>A sentence for each pair of transports; empty without one.</summary>
    private string InUse() => string.Concat(failovers?.Pairs.Select(pair => pair.State == CircuitState.Closed
        ? $"{pair.Primary.Name} carries events, {pair.Secondary.Name} stands by. "
        : $"{pair.Secondary.Name} carries events in place of {pair.Primary.Name} since {pair.ChangedAt:u} ({pair.LastReason}). ") ?? []);
}
