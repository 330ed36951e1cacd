using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.Rules;

public class HelpPageTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Ids { get; } = [.. Rules().Select(rule => rule.Id).Distinct().Order()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_has_a_page_with_its_title_a_cause_an_example_and_a_fix(string id)
    {
        var rule = Rules().First(rule => rule.Id == id);
        Assert.Equal($"docs/diagnostics/{id}.md", rule.HelpLinkUri);
        var page = File.ReadAllText(Path.Combine(Root, rule.HelpLinkUri));
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.All(["## Cause", "## Example", "## Fix"], heading => Assert.Contains(heading, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_page_has_a_rule() => Assert.Equal(
        Rules().Select(rule => rule.Id).Distinct().Order(),
        Directory.GetFiles(Path.Combine(Root, "docs/diagnostics"), "TEL*.md").Select(Path.GetFileNameWithoutExtension).Order());

    [Fact]
    public void A_page_promises_a_code_fix_exactly_where_there_is_one()
    {
        var fixable = Instances<CodeFixProvider>(typeof(NameCodeFix).Assembly).SelectMany(fix => fix.FixableDiagnosticIds).Distinct().Order();
        var promised = Directory.GetFiles(Path.Combine(Root, "docs/diagnostics"), "TEL*.md")
            .Where(path => File.ReadAllText(path).Contains("A code fix ", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)
            .Order();
        Assert.Equal(fixable, promised);
    }

    private static IEnumerable<DiagnosticDescriptor> Rules() =>
        Instances<DiagnosticAnalyzer>(typeof(EventTypeAnalyzer).Assembly).SelectMany(analyzer => analyzer.SupportedDiagnostics);

    private static IEnumerable<T> Instances<T>(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
        .Select(type => (T)Activator.CreateInstance(type)!);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Telemetry.Sdk.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No folder above the tests holds the solution.");
        return folder;
    }
}
