using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Usage;

/// <summary>The usage of one slot.</summary>
/// <param name="Resource">The resource's name.</param>
/// <param name="Start">The slot's start, Unix milliseconds.</param>
/// <param name="Amount">The sum.</param>
internal readonly record struct SlotUsage(string Resource, long Start, QuotaAmount Amount);
