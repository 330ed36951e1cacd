using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>
/// What the endpoints of decisions take, for the OpenAPI description: they read their requests themselves, so that nothing could be read
/// from their signatures. Never called.
/// </summary>
[SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The parameters are the description.")]
internal static class QuotaDescriptions
{
    public static MethodInfo Of(string name) =>
        typeof(QuotaDescriptions).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;

    public static void Balances(string user, string? tenant_id)
    {
    }

    public static void Balance(string user, string resource, string? tenant_id)
    {
    }

    public static void Check(string user, string resource, CheckRequest body)
    {
    }

    public static void CheckMany(CheckManyRequest body)
    {
    }

    public static void Reserve(string user, string resource, ReserveRequest body)
    {
    }

    public static void ReserveMany(ReserveManyRequest body)
    {
    }

    public static void Reservation(string user, string resource, string id)
    {
    }

    public static void Settle(string user, string resource, string id, SettleRequest body)
    {
    }

    public static void Extend(string user, string resource, string id, ExtendRequest body)
    {
    }

    internal sealed record CheckRequest(decimal Amount, string? TenantId);

    internal sealed record CheckManyRequest(IReadOnlyList<CheckOfMany> Checks);

    internal sealed record CheckOfMany(string User, string Resource, decimal Amount, string? TenantId);

    internal sealed record ReserveRequest(decimal Amount, long TtlSeconds, string TaskId, string? IdempotencyKey, string? TenantId);

    internal sealed record ReserveManyRequest(IReadOnlyList<ReservationOfMany> Reservations);

    internal sealed record ReservationOfMany(
        string User, string Resource, decimal Amount, long TtlSeconds, string TaskId, string? IdempotencyKey, string? TenantId);

    internal sealed record SettleRequest(decimal Amount);

    internal sealed record ExtendRequest(decimal? Amount, long? TtlSeconds);

    /// <summary>The figures of a decision.</summary>
    internal record DecisionReply(bool Granted, bool OverLimit, decimal? Limit, decimal Used, decimal Reserved, decimal? Available);

    internal sealed record DecisionsReply(IReadOnlyList<DecisionReply> Decisions);

    internal sealed record ReservationReply(
        string Id, string User, string Resource, string TaskId, decimal Amount, decimal? Outstanding, string State, DateTime CreatedAt,
        DateTime ExpiresAt, int Revision);

    /// <summary>With a reservation where it was granted; with held_by and frees_at where it was denied.</summary>
    internal sealed record ResultReply(
        bool Granted, bool OverLimit, decimal? Limit, decimal Used, decimal Reserved, decimal? Available, ReservationReply? Reservation,
        IReadOnlyList<ReservationReply>? HeldBy, DateTime? FreesAt);

    internal sealed record ResultsReply(IReadOnlyList<ResultReply> Results);

    internal sealed record AllowanceReply(
        decimal Amount, string Period, string? Zone, long? LengthSeconds, long? StepSeconds, string Enforcement);

    internal sealed record GrantReply(
        string Id, decimal Amount, decimal Remaining, int Priority, DateTime EffectiveFrom, DateTime? ExpiresAt);

    internal sealed record ThresholdReply(int Percent, bool Reached);

    internal sealed record BalanceReply(
        string User, string Resource, string Source, AllowanceReply? Allowance, DateTime? PeriodStart, DateTime? PeriodEnd, bool Granted,
        bool OverLimit, decimal? Limit, decimal Used, decimal Reserved, decimal? Available, decimal Overage, IReadOnlyList<GrantReply> Grants,
        IReadOnlyList<ThresholdReply> Thresholds, IReadOnlyList<ReservationReply> Reservations);

    internal sealed record BalancesReply(string User, IReadOnlyList<BalanceReply> Balances);
}
