namespace Telemetry.Collector.Quotas.Limits;

/// <summary>What became of a wish to change an entry.</summary>
/// <param name="Status">What.</param>
/// <param name="Entry">The entry as it stands now; null where there is none.</param>
/// <param name="Reason">A sentence, where it was not done.</param>
internal sealed record LimitWriteResult(LimitWriteStatus Status, LimitEntry? Entry, string? Reason = null);
