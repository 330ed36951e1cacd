using System.Text.RegularExpressions;
using Telemetry.Tests.Shared;

namespace Telemetry.ArchitectureTests;

/// <summary>What the documents show and point to is there.</summary>
public partial class DocumentationTests
{
    [Fact]
    public void The_readmes_code_stands_in_the_quickstart_which_compiles()
    {
        var compiled = Repository.SourceFiles("samples/Quickstart").SelectMany(File.ReadLines).Select(line => line.Trim()).ToHashSet();
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));

        var shown = CodeBlock().Matches(readme).SelectMany(match => match.Groups["code"].Value.Split('\n'))
            .Select(line => line.Trim()).Where(line => line.Length > 0).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line, compiled));
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
