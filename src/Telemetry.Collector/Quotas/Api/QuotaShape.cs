using System.Text.Json;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>Which members a body may and must have.</summary>
/// <param name="Required">Those that it must have.</param>
/// <param name="Optional">Those that it may have.</param>
/// <param name="AllowsZero">Whether the amount may be 0.</param>
internal sealed record QuotaShape(QuotaMembers Required, QuotaMembers Optional = QuotaMembers.None, bool AllowsZero = false)
{
    private const QuotaMembers Subject = QuotaMembers.User | QuotaMembers.Resource;
    private const QuotaMembers Reservation = QuotaMembers.Amount | QuotaMembers.TtlSeconds | QuotaMembers.TaskId;
    private const QuotaMembers ReservationOptions = QuotaMembers.IdempotencyKey | QuotaMembers.TenantId;

    private static readonly (QuotaMembers Member, string Name)[] Names =
    [
        (QuotaMembers.User, "user"), (QuotaMembers.Resource, "resource"), (QuotaMembers.Amount, "amount"),
        (QuotaMembers.TtlSeconds, "ttl_seconds"), (QuotaMembers.TaskId, "task_id"), (QuotaMembers.IdempotencyKey, "idempotency_key"),
        (QuotaMembers.TenantId, "tenant_id"),
    ];

    public static QuotaShape Check { get; } = new(QuotaMembers.Amount, QuotaMembers.TenantId);

    public static QuotaShape CheckOfBatch { get; } = new(Subject | QuotaMembers.Amount, QuotaMembers.TenantId);

    public static QuotaShape Reserve { get; } = new(Reservation, ReservationOptions);

    public static QuotaShape ReserveOfBatch { get; } = new(Subject | Reservation, ReservationOptions);

    public static QuotaShape Settle { get; } = new(QuotaMembers.Amount, AllowsZero: true);

    public static QuotaShape Extend { get; } = new(QuotaMembers.None, QuotaMembers.Amount | QuotaMembers.TtlSeconds);

    public QuotaMembers Allowed { get; } = Required | Optional;

    /// <summary>For a sentence.</summary>
    public string AllowedNames => string.Join(", ", Names.Where(name => (name.Member & Allowed) != 0).Select(name => name.Name));

    public static string NameOf(QuotaMembers member) => Array.Find(Names, name => name.Member == member).Name;

    /// <summary>The member whose name the reader stands on; none where nobody knows it.</summary>
    public static QuotaMembers Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("amount"u8))
            return QuotaMembers.Amount;
        if (reader.ValueTextEquals("user"u8))
            return QuotaMembers.User;
        if (reader.ValueTextEquals("resource"u8))
            return QuotaMembers.Resource;
        if (reader.ValueTextEquals("tenant_id"u8))
            return QuotaMembers.TenantId;
        if (reader.ValueTextEquals("task_id"u8))
            return QuotaMembers.TaskId;
        if (reader.ValueTextEquals("ttl_seconds"u8))
            return QuotaMembers.TtlSeconds;
        return reader.ValueTextEquals("idempotency_key"u8) ? QuotaMembers.IdempotencyKey : QuotaMembers.None;
    }
}
