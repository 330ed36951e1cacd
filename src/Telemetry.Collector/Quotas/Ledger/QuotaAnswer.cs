namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>An answer, or why there is none. Never a guess.</summary>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="Value">The answer, where there is one; of <see cref="QuotaStatus.Conflict"/>, what stands in the way.</param>
/// <param name="Reason">A sentence that says why there is none.</param>
internal readonly record struct QuotaAnswer<T>(QuotaStatus Status, T? Value, string? Reason);
