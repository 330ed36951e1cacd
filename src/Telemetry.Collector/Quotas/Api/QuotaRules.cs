using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>What requests are checked by.</summary>
/// <param name="Resources">The resources that there are.</param>
/// <param name="MaxTtlSeconds">The longest that a reservation may be held.</param>
internal sealed record QuotaRules(KnownResources Resources, long MaxTtlSeconds);
