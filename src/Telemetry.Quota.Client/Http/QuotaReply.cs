namespace Telemetry.Quota.Client;

/// <summary>All that a reply may hold: a decision, a balance, or a problem.</summary>
internal sealed record QuotaReply
{
    public bool? Granted { get; init; }

    public bool OverLimit { get; init; }

    public decimal? Limit { get; init; }

    public decimal Used { get; init; }

    public decimal Reserved { get; init; }

    public decimal? Available { get; init; }

    public ReservationReply? Reservation { get; init; }

    public IReadOnlyList<ReservationReply>? HeldBy { get; init; }

    public DateTimeOffset? FreesAt { get; init; }

    public string? User { get; init; }

    public string? Resource { get; init; }

    public string? Source { get; init; }

    public decimal Overage { get; init; }

    public DateTimeOffset? PeriodStart { get; init; }

    public DateTimeOffset? PeriodEnd { get; init; }

    public string? Detail { get; init; }

    public string? Reason { get; init; }

    public QuotaFigures Figures => new(Limit, Used, Reserved, Available);

    internal sealed record ReservationReply(
        string Id, string TaskId, decimal Amount, decimal? Outstanding, string State, DateTimeOffset ExpiresAt);
}
