using System.Text.Json;
using Telemetry.Tests.Shared;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>docs/wire and its golden vectors.</summary>
internal static class WireFolder
{
    public static string Path { get; } = System.IO.Path.Combine(RepositoryRoot.Path, "docs", "wire");

    public static IReadOnlyList<JsonElement> Vectors(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(Path, "vectors", file)));
        return [.. document.RootElement.EnumerateArray().Select(vector => vector.Clone())];
    }

    /// <summary>The cases by name, so that a test's output says which one failed.</summary>
    public static TheoryData<string> Cases(string file) => [.. Vectors(file).Select(vector => vector.GetProperty("case").GetString()!)];

    public static JsonElement Vector(string file, string name) =>
        Vectors(file).Single(vector => vector.GetProperty("case").GetString() == name);
}
