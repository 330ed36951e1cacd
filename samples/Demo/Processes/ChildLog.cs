namespace Telemetry.Samples.Demo;

/// <summary>What a child writes, on disk.</summary>
/// <param name="Path">The file.</param>
internal sealed record ChildLog(string Path)
{
    private const int TailLines = 20;

    /// <summary>All lines so far; empty where there is no file yet.</summary>
    public IReadOnlyList<string> Lines()
    {
        if (!File.Exists(Path))
            return [];
        // The child still writes: File.ReadAllLines would refuse to share.
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The last lines, with the file's name above them.</summary>
    public string Tail()
    {
        var lines = Lines().TakeLast(TailLines).Select(line => "  | " + line).DefaultIfEmpty("  | (empty)");
        return string.Join(Environment.NewLine, lines.Prepend($"The end of {Path}:"));
    }
}
