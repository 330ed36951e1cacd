namespace Telemetry.Collector.Quotas.Api;

/// <summary>Members of the requests' bodies.</summary>
[Flags]
internal enum QuotaMembers
{
    None = 0,
    User = 1,
    Resource = 2,
    Amount = 4,
    TtlSeconds = 8,
    TaskId = 16,
    IdempotencyKey = 32,
    TenantId = 64,
}
