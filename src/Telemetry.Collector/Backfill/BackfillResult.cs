namespace Telemetry.Collector.Backfill;

/// <summary>What became of the runs.</summary>
/// <param name="Runs">Looked at.</param>
/// <param name="Revised">Their figures are other ones now.</param>
/// <param name="Failed">Not measured, because Prometheus gave no answer.</param>
/// <param name="Failure">The first reason; null where none failed.</param>
internal sealed record BackfillResult(int Runs, int Revised, int Failed, string? Failure);
