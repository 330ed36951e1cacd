namespace Telemetry.Collector.Quotas.Model;

/// <summary>A limit's period.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Zone">The zone of calendar periods, an IANA name; UTC by default.</param>
/// <param name="Length">Of <see cref="QuotaPeriodKind.Rolling"/> alone: how far back it reaches at least.</param>
/// <param name="Step">Of <see cref="QuotaPeriodKind.Rolling"/> alone: the width of its slots, which are aligned to the Unix epoch.</param>
internal sealed record QuotaPeriod(QuotaPeriodKind Kind, string Zone = "UTC", TimeSpan Length = default, TimeSpan Step = default);
