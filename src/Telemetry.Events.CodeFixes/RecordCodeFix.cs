using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.CodeFixes;

/// <summary>Writes an event's line into <c>Events.Unshipped.txt</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RecordCodeFix))]
[Shared]
internal sealed class RecordCodeFix : CodeFixProvider
{
    public const string Title = "Record the event in Events.Unshipped.txt";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RecordRules.NotRecorded.Id, RecordRules.RecordDiffers.Id];

    public override FixAllProvider GetFixAllProvider() => RecordFixAllProvider.Instance;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        if (UnshippedFile.Of(project) is not null)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    Title,
                    cancellation => UnshippedFile.RecordAsync(project.Solution, project.Id, Lines(context.Diagnostics), cancellation),
                    Title),
                context.Diagnostics);
        }

        return Task.CompletedTask;
    }

    internal static IEnumerable<string> Lines(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Select(diagnostic => diagnostic.Properties.TryGetValue(RecordedEventAnalyzer.Line, out var line) ? line : null)
        .OfType<string>();
}
