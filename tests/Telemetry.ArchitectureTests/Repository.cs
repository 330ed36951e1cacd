using Telemetry.Tests.Shared;

namespace Telemetry.ArchitectureTests;

/// <summary>The repository's own files.</summary>
internal static class Repository
{
    public static IReadOnlyList<string> SourceProjects { get; } =
        Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories);

    public static IReadOnlyList<string> AllProjects { get; } =
        [.. new[] { "src", "tests", "samples", "benchmarks" }.SelectMany(folder => Directory.GetFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj", SearchOption.AllDirectories))];

    /// <summary>C# files that a person wrote.</summary>
    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.GetFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));
}
