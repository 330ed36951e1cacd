namespace Telemetry.Collector.Storage;

/// <summary>When a run was under way.</summary>
/// <param name="Id">The run's.</param>
/// <param name="StartedAt">Its start.</param>
/// <param name="EndedAt">Its finish; of an orphaned run, its evidence; null while neither is known.</param>
public sealed record RunTime(string Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);
