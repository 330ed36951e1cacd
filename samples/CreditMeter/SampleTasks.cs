namespace Telemetry.Samples.CreditMeter;

/// <summary>Two users, each with a workflow's task and a pod.</summary>
internal sealed class SampleTasks : IRunningTasks
{
    private static readonly RunningTask[] Tasks =
    [
        new("anna", "render-17", Node: null, Cores: 4, Gpus: 1),
        new("anna", "notebook-3", "gpu-node-1", Cores: 2, Gpus: 0.5),
        new("boris", "train-8", Node: null, Cores: 16, Gpus: 2),
        new("boris", "api-1", "cpu-node-4", Cores: 0.5, Gpus: 0),
    ];

    public IReadOnlyList<RunningTask> Now() => Tasks;
}
