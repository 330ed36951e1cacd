using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What a reservation holds now.</summary>
/// <param name="Reservation">The reservation.</param>
/// <param name="Outstanding">What of it its task has not used yet.</param>
internal readonly record struct HeldAmount(Reservation Reservation, QuotaAmount Outstanding);
