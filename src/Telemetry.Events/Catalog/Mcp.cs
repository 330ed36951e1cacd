namespace Telemetry.Events.Catalog;

/// <summary>The processing of a model begins.</summary>
/// <param name="TaskId">The model processing task; subject and partition key.</param>
/// <param name="UserId">Who started it.</param>
/// <param name="Node">The Kubernetes node it runs on.</param>
[TelemetryEvent("mcp.task.start", Topic = "mcp", Delivery = DeliveryClass.Usage)]
public readonly partial record struct McpTaskStart(
    [EventSubject, EventPartitionKey] string TaskId,
    string UserId,
    string Node);

/// <summary>The processing of a model ended well.</summary>
/// <param name="TaskId">The model processing task; subject and partition key.</param>
[TelemetryEvent("mcp.task.complete", Topic = "mcp", Delivery = DeliveryClass.Usage)]
public readonly partial record struct McpTaskComplete(
    [EventSubject, EventPartitionKey] string TaskId);

/// <summary>The processing of a model failed.</summary>
/// <param name="TaskId">The model processing task; subject and partition key.</param>
/// <param name="Error">The error's text.</param>
[TelemetryEvent("mcp.task.fail", Topic = "mcp", Delivery = DeliveryClass.Usage)]
public readonly partial record struct McpTaskFail(
    [EventSubject, EventPartitionKey] string TaskId,
    string? Error = null);
