namespace Telemetry.Collector.Quotas.Usage;

/// <summary>An event's id and time.</summary>
/// <param name="Id">The id.</param>
/// <param name="Time">Its time, Unix milliseconds.</param>
internal readonly record struct RecentId(string Id, long Time);
