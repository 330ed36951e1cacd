namespace Telemetry.Events.Catalog;

/// <summary>A workflow's use of CPU is charged.</summary>
/// <param name="UserId">Who is charged; partition key.</param>
/// <param name="TaskId">The task; subject.</param>
/// <param name="Credits">Credits charged, in the quota's unit.</param>
/// <param name="Seconds">Length of the use in seconds.</param>
/// <param name="Units">How many cores were in use, on average.</param>
[TelemetryEvent("wkf.cpu.charge", Topic = "wkf_cpu", Delivery = DeliveryClass.Usage)]
public readonly partial record struct WkfCpuCharge(
    [EventPartitionKey] string UserId,
    [EventSubject] string TaskId,
    decimal Credits,
    double Seconds,
    double Units);

/// <summary>A workflow's use of GPU is charged.</summary>
/// <param name="UserId">Who is charged; partition key.</param>
/// <param name="TaskId">The task; subject.</param>
/// <param name="Credits">Credits charged, in the quota's unit.</param>
/// <param name="Seconds">Length of the use in seconds.</param>
/// <param name="Units">How many GPUs were in use, on average.</param>
[TelemetryEvent("wkf.gpu.charge", Topic = "wkf_gpu", Delivery = DeliveryClass.Usage)]
public readonly partial record struct WkfGpuCharge(
    [EventPartitionKey] string UserId,
    [EventSubject] string TaskId,
    decimal Credits,
    double Seconds,
    double Units);
