using System.Text.Json.Serialization;

namespace Telemetry.Quota.Client;

/// <summary>The bodies that are sent.</summary>
internal static class QuotaRequests
{
    internal sealed record Check(decimal Amount);

    internal sealed record Reserve(decimal Amount, long TtlSeconds, string TaskId, string IdempotencyKey);

    internal sealed record Settle(decimal Amount);

    internal sealed record Extend(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Amount,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? TtlSeconds);
}
