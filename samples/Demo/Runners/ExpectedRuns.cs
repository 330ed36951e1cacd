namespace Telemetry.Samples.Demo;

/// <summary>The runs that the demo's ModelRunners announced, as the Collector has them by now.</summary>
internal sealed class ExpectedRuns(CollectorClient collector)
{
    private readonly List<(RunnerPlan Plan, OwnFigures? Own)> _announced = [];

    /// <summary>In the order in which they were announced.</summary>
    public IReadOnlyList<ExpectedRun> All { get; private set; } = [];

    /// <summary>Adds the runs of one ModelRunner.</summary>
    public void Add(RunnerPlan plan, OwnFigures? own) => _announced.Add((plan, own));

    /// <summary>Asks the Collector again.</summary>
    /// <returns>What is missing until all runs are measured or known to have no data; null where nothing is.</returns>
    public async Task<string?> MissingAsync(CancellationToken cancellationToken)
    {
        var all = new List<ExpectedRun>();
        foreach (var (plan, own) in _announced)
        {
            var runs = await collector.GetRunsAsync(plan.TaskId, cancellationToken);
            all.AddRange(RunnerPlan.Kinds.Select(kind =>
                new ExpectedRun(plan, kind, own?.CpuSecondsOf(kind), runs.FirstOrDefault(run => run.Kind == kind))));
        }

        All = all;
        var waiting = all.Where(run => run.Run is not { IsFinal: true }).Select(run => $"{run} ({run.State})").ToArray();
        return waiting.Length == 0 ? null : $"measurements of {string.Join(", ", waiting)}";
    }
}
