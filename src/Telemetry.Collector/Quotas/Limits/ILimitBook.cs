using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>Which limit applies to whom. In memory; safe for use from any thread; never blocks and does not allocate where nothing changed.</summary>
internal interface ILimitBook
{
    /// <summary>Grows with each change of anything in the book: while it is the same, so is what <see cref="Resolve"/> returns.</summary>
    long Version { get; }

    /// <summary>The policy of a user and resource. The same object as long as it did not change.</summary>
    /// <param name="user">The user.</param>
    /// <param name="tenant">The user's tenant, or null where it is not known.</param>
    /// <param name="resource">The resource.</param>
    QuotaPolicy Resolve(string user, string? tenant, string resource);
}
