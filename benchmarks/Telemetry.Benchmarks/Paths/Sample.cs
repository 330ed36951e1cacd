using System.Diagnostics;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Benchmarks.Paths;

/// <summary>What every path publishes: an event of four fields, six context attributes and a current W3C activity.</summary>
internal static class Sample
{
    public const string ServiceName = "model-runner";
    public const string TaskId = "0198c5b2-6d5e-7cc1-9a53-0c7f6a1b2d3e";
    public const string UserId = "user-4711";
    public const string Model = "llama-3-70b-instruct";
    public const string Node = "gpu-node-17";

    public static TaskRunStart Event { get; } = new(TaskId, UserId, Model, Node);

    public static EventContextOptions Context { get; } = new()
    {
        TenantId = "5f3a4c1e-8f7b-4c57-9d5e-3a2b1c0d9e8f",
        NodeId = "9b2d7e60-1c3f-4a58-8e7d-6f5a4b3c2d1e",
        VmType = "NV6",
        HostName = "vm-west-0042",
        StorageSize = "512",
        StorageType = "premium-ssd",
    };

    public static IReadOnlyDictionary<string, object> ContextAttributes { get; } = new Dictionary<string, object>
    {
        [EnvelopeAttributes.TenantId] = Context.TenantId!,
        [EnvelopeAttributes.NodeId] = Context.NodeId!,
        [EnvelopeAttributes.VmType] = Context.VmType!,
        [EnvelopeAttributes.HostName] = Context.HostName!,
        [EnvelopeAttributes.StorageSize] = Context.StorageSize!,
        [EnvelopeAttributes.StorageType] = Context.StorageType!,
    };

    /// <summary>Current on this thread, and on those started from it, until disposed.</summary>
    public static Activity StartActivity() =>
        new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();
}
