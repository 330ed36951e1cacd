using System.Globalization;

namespace Telemetry.Samples.Demo;

/// <summary>Runs one ModelRunner to its end.</summary>
internal sealed class RunnerProcess(DemoPaths paths, ChildLauncher launcher, DemoConsole console, string kafka, string node)
{
    // A broker that does not answer is given 30 s by the runner for each of its four events.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(150);

    /// <summary>Starts it, and answers with its own figures when it is done.</summary>
    /// <exception cref="DemoFailedException">It failed.</exception>
    public async Task<OwnFigures?> RunAsync(RunnerPlan plan, CancellationToken cancellationToken)
    {
        await using var child = launcher.Start(Command(plan), plan.ToString());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(plan.LoadSeconds + plan.ComputeSeconds) + Slack);
        try
        {
            await child.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw child.Failure($"{plan.Name} does not end.");
        }

        if (child.ExitCode is not 0)
            throw child.Failure($"{plan.Name} ended with exit code {child.ExitCode}.");

        var output = child.Log.Lines();
        foreach (var line in output.Where(line => !line.StartsWith('{')))
            console.Step($"{plan.Name}: {line}");
        return OwnFigures.In(output);
    }

    private ChildCommand Command(RunnerPlan plan) => ChildCommand.DotNet(
        plan.Name,
        paths.ModelRunner,
        "--json",
        "--user", "demo",
        "--task", plan.TaskId,
        "--load-seconds", plan.LoadSeconds.ToString(CultureInfo.InvariantCulture),
        "--memory-mb", plan.MemoryMegabytes.ToString(CultureInfo.InvariantCulture),
        "--compute-seconds", plan.ComputeSeconds.ToString(CultureInfo.InvariantCulture),
        "--cores", plan.Cores.ToString(CultureInfo.InvariantCulture)) with
    {
        Environment = new Dictionary<string, string> { [DemoOptions.KafkaVariable] = kafka, ["HOST_NAME"] = node },
        // Its finish event must reach the broker, also where the demo is stopped in the middle.
        Grace = TimeSpan.FromSeconds(20),
    };
}
