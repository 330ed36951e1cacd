using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A reservation as it stands now. Immutable.</summary>
internal sealed record Reservation
{
    public required string Id { get; init; }

    public required string User { get; init; }

    public required string Resource { get; init; }

    public required string Task { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>What was reserved, or the actual amount once it is settled.</summary>
    public required QuotaAmount Amount { get; init; }

    public required ReservationState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When what it still holds is free again: the lease's end, or the end of the grace after settling.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Counts its changes from 1.</summary>
    public required int Revision { get; init; }
}
