using Telemetry.Collector.Quotas.Reading;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>The keys of an event's texts, which are made before its shard's lock is taken.</summary>
/// <param name="User">See <see cref="TextKey.OfUser"/>.</param>
/// <param name="Id">Of the event's id.</param>
/// <param name="IsUuid">Whether the id's text can be told from its key.</param>
/// <param name="Task">0 for none.</param>
internal readonly record struct UsageKeys(UInt128 User, UInt128 Id, bool IsUuid, UInt128 Task)
{
    public static UsageKeys Of(UInt128 user, in UsageRecord usage)
    {
        var id = TextKey.Of(usage.Id, out var isUuid);
        return new UsageKeys(user, id, isUuid, TextKey.OfTask(usage.Task));
    }
}
