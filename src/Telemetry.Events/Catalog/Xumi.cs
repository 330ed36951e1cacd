namespace Telemetry.Events.Catalog;

/// <summary>A model's weights begin to load.</summary>
/// <param name="TaskId">The process; subject and partition key.</param>
/// <param name="UserId">Who started it.</param>
/// <param name="Model">The model.</param>
/// <param name="Node">The node it runs on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
/// <param name="Bytes">Size of the weights in bytes.</param>
[TelemetryEvent("xumi.weights.load.start", Topic = "xumi_load", Delivery = DeliveryClass.Usage)]
public readonly partial record struct WeightsLoadStart(
    [EventSubject, EventPartitionKey] string TaskId,
    string UserId,
    string Model,
    string Node,
    long Bytes);

/// <summary>A model's weights are loaded, or failed to load.</summary>
/// <param name="TaskId">The process; subject and partition key.</param>
/// <param name="UserId">Who started it.</param>
/// <param name="Model">The model.</param>
/// <param name="Node">The node it runs on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
/// <param name="Bytes">Size of the weights in bytes.</param>
/// <param name="Outcome">How it ended, such as <c>succeeded</c> or <c>failed</c>.</param>
/// <param name="Error">The error's text, where it failed.</param>
[TelemetryEvent("xumi.weights.load.finish", Topic = "xumi_load", Delivery = DeliveryClass.Usage)]
public readonly partial record struct WeightsLoadFinish(
    [EventSubject, EventPartitionKey] string TaskId,
    string UserId,
    string Model,
    string Node,
    long Bytes,
    string Outcome,
    string? Error = null);

/// <summary>A model process begins.</summary>
/// <param name="TaskId">The process; subject and partition key.</param>
/// <param name="UserId">Who started it.</param>
/// <param name="Model">The model.</param>
/// <param name="Node">The node it runs on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
[TelemetryEvent("xumi.task.run.start", Topic = "xumi_task", Delivery = DeliveryClass.Usage)]
public readonly partial record struct TaskRunStart(
    [EventSubject, EventPartitionKey] string TaskId,
    string UserId,
    string Model,
    string Node);

/// <summary>A model process ended, well or not.</summary>
/// <param name="TaskId">The process; subject and partition key.</param>
/// <param name="UserId">Who started it.</param>
/// <param name="Model">The model.</param>
/// <param name="Node">The node it runs on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
/// <param name="Outcome">How it ended, such as <c>succeeded</c> or <c>failed</c>.</param>
/// <param name="Error">The error's text, where it failed.</param>
[TelemetryEvent("xumi.task.run.finish", Topic = "xumi_task", Delivery = DeliveryClass.Usage)]
public readonly partial record struct TaskRunFinish(
    [EventSubject, EventPartitionKey] string TaskId,
    string UserId,
    string Model,
    string Node,
    string Outcome,
    string? Error = null);
