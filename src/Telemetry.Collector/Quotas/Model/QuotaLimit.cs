namespace Telemetry.Collector.Quotas.Model;

/// <summary>What one user may use of one resource.</summary>
/// <param name="Amount">The allowance of each period; zero or more.</param>
/// <param name="Period">When it begins anew.</param>
/// <param name="IsHard">Whether a request beyond it is denied, or only flagged.</param>
/// <param name="Thresholds">Percents of the allowance whose crossing is told, ascending; 1 to 1000.</param>
internal sealed record QuotaLimit(QuotaAmount Amount, QuotaPeriod Period, bool IsHard, IReadOnlyList<int> Thresholds);
