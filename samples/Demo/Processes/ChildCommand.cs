namespace Telemetry.Samples.Demo;

/// <summary>What to start.</summary>
/// <param name="Name">What the user knows it as, such as <c>collector</c>; names its log.</param>
/// <param name="File">The program, found by PATH.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ChildCommand(string Name, string File, params IReadOnlyList<string> Arguments)
{
    /// <summary>Environment variables on top of the demo's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it may take to end when asked.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A built .NET program, started by the host that runs the demo itself.</summary>
    public static ChildCommand DotNet(string name, string assembly, params IReadOnlyList<string> arguments)
    {
        var self = System.Environment.ProcessPath;
        var host = Path.GetFileNameWithoutExtension(self) == "dotnet" ? self! : "dotnet";
        return new ChildCommand(name, host, [assembly, .. arguments]);
    }
}
