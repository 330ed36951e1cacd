namespace Telemetry.Collector.Storage;

/// <summary>What runs are summed up by.</summary>
public enum RunAggregateKey
{
    User,
    Model,
    Node,
    VmType,

    /// <summary>The UTC day of the start.</summary>
    Day,
}
