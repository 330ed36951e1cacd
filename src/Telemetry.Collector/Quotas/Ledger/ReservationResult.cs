namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What became of a wish for a reservation, or of a change of one.</summary>
/// <param name="Reservation">The reservation; null where it was denied.</param>
/// <param name="Decision">What was decided; of a repeated call, how things stand now.</param>
/// <param name="HeldBy">The user's active reservations of the resource, where it was denied: who holds it.</param>
/// <param name="FreesAt">Where it was denied, when the next of the allowance or of a reservation comes free; null for never.</param>
internal sealed record ReservationResult(
    Reservation? Reservation, QuotaDecision Decision, IReadOnlyList<HeldAmount> HeldBy, DateTimeOffset? FreesAt);
