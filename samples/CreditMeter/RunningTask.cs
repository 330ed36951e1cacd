namespace Telemetry.Samples.CreditMeter;

/// <summary>A task that uses something now.</summary>
/// <param name="UserId">Who pays; the key of all charges, so that one partition holds a user's.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Node">The node of a pod; null for a task of the workflow engine, which has none.</param>
/// <param name="Cores">Cores in use.</param>
/// <param name="Gpus">GPUs in use.</param>
internal sealed record RunningTask(string UserId, string TaskId, string? Node, double Cores, double Gpus);
