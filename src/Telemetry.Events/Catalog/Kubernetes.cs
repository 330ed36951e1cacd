namespace Telemetry.Events.Catalog;

/// <summary>A pod's use of CPU is charged.</summary>
/// <param name="UserId">Who is charged; partition key.</param>
/// <param name="TaskId">The task; subject.</param>
/// <param name="Node">The node it ran on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
/// <param name="Credits">Credits charged, in the quota's unit.</param>
/// <param name="Seconds">Length of the use in seconds.</param>
/// <param name="Units">How many cores were in use, on average.</param>
[TelemetryEvent("kuber.cpu.charge", Topic = "kuber_cpu", Delivery = DeliveryClass.Usage)]
public readonly partial record struct KuberCpuCharge(
    [EventPartitionKey] string UserId,
    [EventSubject] string TaskId,
    string Node,
    decimal Credits,
    double Seconds,
    double Units);

/// <summary>A pod's use of GPU is charged.</summary>
/// <param name="UserId">Who is charged; partition key.</param>
/// <param name="TaskId">The task; subject.</param>
/// <param name="Node">The node it ran on, as Prometheus names it (<c>node_uname_info{nodename}</c>).</param>
/// <param name="Credits">Credits charged, in the quota's unit.</param>
/// <param name="Seconds">Length of the use in seconds.</param>
/// <param name="Units">How many GPUs were in use, on average.</param>
[TelemetryEvent("kuber.gpu.charge", Topic = "kuber_gpu", Delivery = DeliveryClass.Usage)]
public readonly partial record struct KuberGpuCharge(
    [EventPartitionKey] string UserId,
    [EventSubject] string TaskId,
    string Node,
    decimal Credits,
    double Seconds,
    double Units);
