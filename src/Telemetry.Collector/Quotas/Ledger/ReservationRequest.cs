using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A wish to hold an amount for a task.</summary>
/// <param name="User">The user.</param>
/// <param name="Tenant">The user's tenant, or null where the caller does not know it.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Task">The task.</param>
/// <param name="Amount">How much; more than zero.</param>
/// <param name="TimeToLive">How long it is held at most; more than zero.</param>
/// <param name="IdempotencyKey">The same key of the same user brings the same reservation; null for none.</param>
internal sealed record ReservationRequest(
    string User, string? Tenant, string Resource, string Task, QuotaAmount Amount, TimeSpan TimeToLive, string? IdempotencyKey);
