namespace Telemetry.Events.Catalog;

/// <summary>A model's weights begin to load.</summary>
/// <param name="TaskId">The process; subject and partition key.</param>
/// <param name="UserId">Who started it.</param>
/// <param name="Model">The model.</param>
/// <param name="Node">The node it runs on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
/// <param name="Bytes">Size of the weights in bytes.</param>
public readonly record struct WeightsLoadStart(
    string TaskId,
    string UserId,
    string Model,
    string Node,
    long Bytes) : ITelemetryEvent
{
    /// <inheritdoc/>
    public static EventDescriptor Descriptor { get; } = new("xumi.weights.load.start", "xumi_load", DeliveryClass.Usage);

    /// <inheritdoc/>
    public string? Subject => TaskId;

    /// <inheritdoc/>
    public string? PartitionKey => TaskId;

    /// <inheritdoc/>
    public void WriteData(ref EventDataWriter writer)
    {
        writer.WriteString("task_id"u8, TaskId);
        writer.WriteString("user_id"u8, UserId);
        writer.WriteString("model"u8, Model);
        writer.WriteString("node"u8, Node);
        writer.WriteNumber("bytes"u8, Bytes);
    }
}
