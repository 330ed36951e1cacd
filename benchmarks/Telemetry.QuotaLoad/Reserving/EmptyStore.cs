using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.QuotaLoad.Reserving;

/// <summary>Nobody has used anything.</summary>
internal sealed class EmptyStore : IUsageStore
{
    public Task<UserUsage> LoadAsync(UserUsageQuery query, CancellationToken cancellationToken) => Task.FromResult(new UserUsage([], [], [], [], null));
}
