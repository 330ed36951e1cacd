using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Measuring;

/// <summary>What the catalog's placeholders stand for in one run.</summary>
internal static class RunLabels
{
    /// <summary>Those that the run's events told; the node is not among them.</summary>
    public static IReadOnlyDictionary<string, string> Of(Run run) => new (string Name, string? Value)[]
        {
            ("kind", RunKindNames.Of(run.Kind)),
            ("task_id", run.TaskId),
            ("user_id", run.UserId),
            ("model", run.Model),
            ("tenant_id", run.TenantId),
            ("vm_type", run.VmType),
        }
        .Where(label => !string.IsNullOrEmpty(label.Value))
        .ToDictionary(label => label.Name, label => label.Value!, StringComparer.Ordinal);
}
