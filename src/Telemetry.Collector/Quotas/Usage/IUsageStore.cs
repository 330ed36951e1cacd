namespace Telemetry.Collector.Quotas.Usage;

/// <summary>
/// Usage that is stored: the landing tables of the usage topics. Safe for use from any thread. A failure is a
/// <see cref="System.Data.Common.DbException"/>.
/// </summary>
internal interface IUsageStore
{
    /// <summary>One user's usage, by one query.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<UserUsage> LoadAsync(UserUsageQuery query, CancellationToken cancellationToken);
}
