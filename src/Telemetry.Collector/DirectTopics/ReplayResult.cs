namespace Telemetry.Collector.DirectTopics;

/// <summary>What became of a topic's dead letters when they were decoded again.</summary>
/// <param name="Replayed">How many are rows now.</param>
/// <param name="Remaining">How many are as bad as before.</param>
public sealed record ReplayResult(long Replayed, long Remaining);
