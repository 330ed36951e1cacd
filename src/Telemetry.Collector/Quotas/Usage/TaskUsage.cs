using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Usage;

/// <summary>The usage of one task.</summary>
/// <param name="Resource">The resource's name.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Amount">The sum.</param>
internal readonly record struct TaskUsage(string Resource, string Task, QuotaAmount Amount);
