namespace Telemetry.Samples.CreditMeter;

/// <summary>Knows what runs: a workflow engine, the Kubernetes API.</summary>
internal interface IRunningTasks
{
    IReadOnlyList<RunningTask> Now();
}
