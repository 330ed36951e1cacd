using System.Text.RegularExpressions;
using Telemetry.Tests.Shared;

namespace Telemetry.ArchitectureTests;

/// <summary>What the documents show and point to is there.</summary>
public partial class DocumentationTests
{
    public static TheoryData<string> DocumentsWithCode =>
    [
        .. new[] { "README.md" }
            .Concat(Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md"))
            .Concat(Repository.SourceProjects.Select(project => Path.Combine(Path.GetDirectoryName(project)!, "README.md")))
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, Path.Combine(RepositoryRoot.Path, file)))
            .Where(file => File.Exists(Path.Combine(RepositoryRoot.Path, file)) && Examples(file).Count > 0)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What stands between two empty lines of an example stands so in a source: a snippet made for it, a sample, a test.</summary>
    [Theory]
    [MemberData(nameof(DocumentsWithCode))]
    public void A_documents_code_stands_in_sources_that_compile(string document)
    {
        var compiled = new[] { "tests/Telemetry.ArchitectureTests/Snippets", "tests/Telemetry.Events.Testing.Tests", "samples" }
            .SelectMany(Repository.SourceFiles).Select(file => $"\n{string.Join('\n', Lines(File.ReadAllText(file)))}\n").ToList();

        Assert.All(Examples(document), example => Assert.True(
            compiled.Any(source => source.Contains($"\n{example}\n", StringComparison.Ordinal)),
            $"{document} shows code that is compiled nowhere; put it into tests/Telemetry.ArchitectureTests/Snippets:\n{example}"));
    }

    [Fact]
    public void Every_relative_link_leads_somewhere() =>
        Assert.All(Documents(), file => Assert.All(
            Link().Matches(File.ReadAllText(file)).Select(match => match.Groups["target"].Value),
            target =>
            {
                var path = Path.Combine(Path.GetDirectoryName(file)!, target.Split('#')[0]);
                Assert.True(path.EndsWith('/') || File.Exists(path) || Directory.Exists(path), $"{file} links to {target}, which is not there.");
            }));

    private static List<string> Examples(string document) =>
    [
        .. CodeBlock().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, document)))
            .SelectMany(match => match.Groups["code"].Value.Split("\n\n"))
            .Select(part => string.Join('\n', Lines(part))).Where(part => part.Length > 0),
    ];

    // Without indentation, which differs, and without empty lines.
    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(RepositoryRoot.Path, "*.md", SearchOption.TopDirectoryOnly)
            .Concat(new[] { "docs", "src", "samples" }.SelectMany(
                folder => Directory.GetFiles(Path.Combine(RepositoryRoot.Path, folder), "*.md", SearchOption.AllDirectories)))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    // Neither another site nor a heading of the same page.
    [GeneratedRegex(@"\]\((?!https?://|#)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
