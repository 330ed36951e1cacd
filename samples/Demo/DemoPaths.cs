namespace Telemetry.Samples.Demo;

/// <summary>Where the demo finds its parts and keeps its files.</summary>
internal sealed class DemoPaths
{
    private const string SolutionFile = "Telemetry.Sdk.sln";

    private DemoPaths(string root, string output)
    {
        Directory = Path.Combine(root, "artifacts", "demo");
        Data = Path.Combine(Directory, "data");
        Logs = Path.Combine(Directory, "logs");
        Collector = Path.Combine(root, "src", "Telemetry.Collector", output, "telemetry-collector.dll");
        ModelRunner = Path.Combine(root, "samples", "ModelRunner", output, "ModelRunner.dll");
    }

    /// <summary>All files of the demo.</summary>
    public string Directory { get; }

    /// <summary>What Prometheus and the Collector store; removed at the end.</summary>
    public string Data { get; }

    /// <summary>One log for each child; kept until the next start.</summary>
    public string Logs { get; }

    /// <summary>Held open by the demo that runs.</summary>
    public string Lock => Path.Combine(Directory, "lock");

    /// <summary>The children that run, for a later demo that must clean up after this one was killed.</summary>
    public string Children => Path.Combine(Directory, "children.json");

    /// <summary>The Collector's built assembly.</summary>
    public string Collector { get; }

    /// <summary>The ModelRunner's built assembly.</summary>
    public string ModelRunner { get; }

    /// <summary>The log of a child.</summary>
    public string LogOf(string child) => Path.Combine(Logs, child + ".log");

    /// <summary>Finds the repository that this program was built in.</summary>
    /// <exception cref="DemoFailedException">It runs outside of its repository.</exception>
    public static DemoPaths Locate()
    {
        var project = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        // bin/{configuration}/{framework}: the same below every project that was built together.
        var output = string.Join(Path.DirectorySeparatorChar, project.Split(Path.DirectorySeparatorChar)[^3..]);
        for (var directory = new DirectoryInfo(project); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, SolutionFile)))
                return new DemoPaths(directory.FullName, output);
        }

        throw new DemoFailedException(
            $"{SolutionFile} is not above {project}. Start the demo by `bash eng/demo` in its repository.");
    }
}
