using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Quota.Client;

/// <summary>What was answered to a wish for a reservation.</summary>
public sealed record QuotaReservation
{
    /// <summary>What was answered.</summary>
    public required QuotaOutcome Outcome { get; init; }

    /// <summary>
    /// The lease: where it was granted, and where there is no answer and the failure mode is <see cref="QuotaFailureMode.FailOpen"/>. Then
    /// nothing is held (<see cref="IQuotaLease.IsHeld"/>), and the work may be done all the same.
    /// </summary>
    public IQuotaLease? Lease { get; init; }

    /// <summary>Whether the work may be done.</summary>
    [MemberNotNullWhen(true, nameof(Lease))]
    public bool MayProceed => Lease is not null;

    /// <summary>Whether it was granted although it goes beyond a soft limit.</summary>
    public bool IsOverLimit { get; init; }

    /// <summary>How the user stands; null where there is no answer.</summary>
    public QuotaFigures? Figures { get; init; }

    /// <summary>Where it was denied, who holds the user's credits; else empty.</summary>
    public IReadOnlyList<QuotaHolder> HeldBy { get; init; } = [];

    /// <summary>Where it was denied, when the next of them comes free; null for never.</summary>
    public DateTimeOffset? FreesAt { get; init; }

    /// <summary>A sentence that says why it was not granted; null where it was.</summary>
    public string? Reason { get; init; }
}
