namespace Telemetry.Collector.Quotas.Usage;

/// <summary>A task's usage of a resource from a time on: what its reservation has consumed.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Since">Unix milliseconds.</param>
internal readonly record struct TaskSpan(string Resource, string Task, long Since);
