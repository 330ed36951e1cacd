using System.Text.RegularExpressions;
using Telemetry.Tests.Shared;

namespace Telemetry.Events.Testing.Tests;

/// <summary>The documents' code is code that runs here.</summary>
public partial class DocumentationTests
{
    [Theory]
    [InlineData("docs/testing.md")]
    [InlineData("src/Telemetry.Events.Testing/README.md")]
    public void Every_line_of_an_example_stands_in_these_tests(string document)
    {
        var compiled = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "tests", "Telemetry.Events.Testing.Tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Select(line => line.Trim()).ToHashSet();

        var shown = CodeBlock().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, document)))
            .SelectMany(match => match.Groups["code"].Value.Split('\n'))
            .Select(line => line.Trim()).Where(line => line.Length > 0).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line, compiled));
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
