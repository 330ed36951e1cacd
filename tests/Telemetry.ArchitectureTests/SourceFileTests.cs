using System.Text.RegularExpressions;

namespace Telemetry.ArchitectureTests;

/// <summary>Habits that a compiler does not hold.</summary>
public partial class SourceFileTests
{
    private const int MaxLines = 300;

    [Fact]
    public void No_file_is_over_300_lines() =>
        Assert.All(Files(), file => Assert.True(File.ReadLines(file).Count() <= MaxLines, $"{file} has more than {MaxLines} lines: split it by responsibility."));

    [Fact]
    public void A_file_holds_one_top_level_type() =>
        // The events of one system stand side by side: a catalog is read as one.
        Assert.All(Files().Where(file => !file.Contains("/Telemetry.Events/Catalog/", StringComparison.Ordinal)), file =>
        {
            var types = TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).Distinct().ToList();
            Assert.True(types.Count <= 1, $"{file} holds {string.Join(", ", types)}: one type a file.");
        });

    [Fact]
    public void Nobody_sleeps_for_luck() =>
        Assert.All(
            // One pause is no luck: librdkafka's mock cluster loses a command that follows another too closely.
            Files().Concat(Repository.SourceFiles("tests")).Where(file => !file.EndsWith("EmbeddedKafkaCluster.cs", StringComparison.Ordinal)),
            file => Assert.False(Sleep().IsMatch(File.ReadAllText(file)), $"{file} calls Thread.Sleep: wait for the condition."));

    [Fact]
    public void A_test_class_that_is_disposed_asynchronously_is_disposed_by_xunit() =>
        // xunit 2 knows IDisposable and IAsyncLifetime; of IAsyncDisposable alone nobody calls anything.
        Assert.All(
            Repository.SourceFiles("tests").Select(file => (file, Text: File.ReadAllText(file))).Where(source => TestMethod().IsMatch(source.Text)),
            source => Assert.All(
                TopLevelClass().Matches(source.Text).Select(match => match.Value),
                declaration => Assert.False(
                    declaration.Contains("IAsyncDisposable", StringComparison.Ordinal) && !declaration.Contains("IAsyncLifetime", StringComparison.Ordinal),
                    $"{source.file} has a test class that only implements IAsyncDisposable, which xunit never calls: implement IAsyncLifetime.")));

    private static IEnumerable<string> Files() => Repository.SourceFiles("src").Concat(Repository.SourceFiles("samples"));

    [GeneratedRegex(@"^(public|internal|file)?\s*((static|sealed|abstract|readonly|partial|ref|unsafe)\s+)*(class|struct|record struct|record|interface|enum)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^\s*\[(Fact|Theory|Property)\b", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^(public|internal) [^\n]*\bclass [^{;]*", RegexOptions.Multiline)]
    private static partial Regex TopLevelClass();

    [GeneratedRegex(@"Thread\.Sleep\(")]
    private static partial Regex Sleep();
}
