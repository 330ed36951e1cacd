namespace Telemetry.Events.Catalog;

/// <summary>A model process ended, well or not.</summary>
/// <param name="TaskId">The process; subject and partition key.</param>
/// <param name="UserId">Who started it.</param>
/// <param name="Model">The model.</param>
/// <param name="Node">The node it runs on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
/// <param name="Outcome">How it ended, such as <c>succeeded</c> or <c>failed</c>.</param>
/// <param name="Error">The error's text, where it failed.</param>
public readonly record struct TaskRunFinish(
    string TaskId,
    string UserId,
    string Model,
    string Node,
    string Outcome,
    string? Error = null) : ITelemetryEvent
{
    /// <inheritdoc/>
    public static EventDescriptor Descriptor { get; } = new("xumi.task.run.finish", "xumi_task", DeliveryClass.Usage);

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
        writer.WriteString("outcome"u8, Outcome);
        writer.WriteString("error"u8, Error);
    }
}
