namespace Telemetry.Samples.Demo;

/// <summary>Starts the demo's processes and says so.</summary>
internal sealed class ChildLauncher(DemoPaths paths, ChildRegistry registry, DemoConsole console)
{
    /// <summary>Starts one process.</summary>
    /// <param name="command">What to start.</param>
    /// <param name="what">What the user is told.</param>
    public ChildProcess Start(ChildCommand command, string what)
    {
        console.Step(what);
        return ChildProcess.Start(command, paths, registry);
    }
}
