using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Telemetry.Events.CodeFixes;

/// <summary>Records all events of a document, a project or a solution: all of them change one file, which no batch merges.</summary>
internal sealed class RecordFixAllProvider : FixAllProvider
{
    public static readonly RecordFixAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) =>
        Task.FromResult<CodeAction?>(CodeAction.Create(
            RecordCodeFix.Title, cancellation => RecordAllAsync(fixAllContext, cancellation), RecordCodeFix.Title));

    private static async Task<Solution> RecordAllAsync(FixAllContext context, CancellationToken cancellation)
    {
        var solution = context.Solution;
        var projects = context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project];
        foreach (var project in projects)
        {
            var diagnostics = context.Scope == FixAllScope.Document
                ? await context.GetDocumentDiagnosticsAsync(context.Document!).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            solution = await UnshippedFile.RecordAsync(solution, project.Id, RecordCodeFix.Lines(diagnostics), cancellation)
                .ConfigureAwait(false);
        }

        return solution;
    }
}
