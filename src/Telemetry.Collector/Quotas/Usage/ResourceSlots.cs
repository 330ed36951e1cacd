namespace Telemetry.Collector.Quotas.Usage;

/// <summary>A resource and the starts of the slots of time that its usage is summed in.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Starts">
/// Unix milliseconds, ascending. An event belongs to the last slot that starts at or before its time; events before the first are not
/// asked for.
/// </param>
internal sealed record ResourceSlots(QuotaResource Resource, IReadOnlyList<long> Starts);
