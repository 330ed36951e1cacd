using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Analysis;

public class MissingSpoolDiagnosticsTests
{
    private const string Body = "_ = publisher.Publish(denied); _ = publisher.Publish(placed); await publisher.ConfirmAsync(denied); await publisher.FlushAsync(default);";

    [Fact]
    public async Task A_program_that_publishes_Audit_events_and_has_no_spool_is_told_at_each_call_with_the_line_to_add()
    {
        var told = await AnalyzeAsync(OutputKind.ConsoleApplication);

        Assert.Equal(["TEL022", "TEL022"], told.Select(diagnostic => diagnostic.Id));
        Assert.All(told, diagnostic => Assert.Contains(
            "'pbac.access.check.deny' is an Audit event and this program has no spool", diagnostic.GetMessage(null), StringComparison.Ordinal));
        Assert.All(told, diagnostic => Assert.Contains(".AddSpool(\"/var/lib/my-service/spool\")", diagnostic.GetMessage(null), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Telemetry.Events.Spool")]
    [InlineData("Telemetry.Events.Testing")]
    public async Task A_program_that_has_one_and_a_test_are_left_alone(string reference) =>
        Assert.Empty(await AnalyzeAsync(OutputKind.ConsoleApplication, reference));

    [Fact]
    public async Task A_library_is_left_alone() => Assert.Empty(await AnalyzeAsync(OutputKind.DynamicallyLinkedLibrary));

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(OutputKind kind, string? reference = null)
    {
        var source = Audit.InMethod(Body, "static async Task Main() => await Run(null!, default, default); static async Task Run(IEventPublisher publisher, Denied denied, Placed placed)");
        var compilation = CSharpCompilation.Create(
            "Service",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))],
            // The product stands in the source.
            RunningFramework.References.Where(known => Path.GetFileNameWithoutExtension(known.Display) != "Telemetry.Events"),
            new CSharpCompilationOptions(kind));
        if (reference is not null)
            compilation = compilation.AddReferences(Empty(reference));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new MissingSpoolAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }

    private static CompilationReference Empty(string name) =>
        CSharpCompilation.Create(name, [], RunningFramework.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
}
