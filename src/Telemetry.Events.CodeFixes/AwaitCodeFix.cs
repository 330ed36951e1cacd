using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.CodeFixes;

/// <summary>Awaits the publisher instead of blocking on it, where the enclosing function is asynchronous already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitCodeFix))]
[Shared]
internal sealed class AwaitCodeFix : CodeFixProvider
{
    private const string Title = "Await it";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UsageRules.SynchronousWait.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is ExpressionSyntax wait && CanAwait(wait))
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, _ => Task.FromResult(Await(context.Document, root, wait)), Title), context.Diagnostics);
        }
    }

    private static Document Await(Document document, SyntaxNode root, ExpressionSyntax wait)
    {
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(Awaitable(wait).WithoutTrivia());
        if (wait.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ElementAccessExpressionSyntax)
            awaited = SyntaxFactory.ParenthesizedExpression(awaited);
        return document.WithSyntaxRoot(root.ReplaceNode(wait, awaited.NormalizeWhitespace().WithTriviaFrom(wait)));
    }

    // From publisher.PublishAsync(e).AsTask().Result back to publisher.PublishAsync(e).
    private static ExpressionSyntax Awaitable(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } member }
            when name is "Wait" or "GetResult" or "GetAwaiter" or "AsTask" => Awaitable(member.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } member => Awaitable(member.Expression),
        _ => expression,
    };

    private static bool CanAwait(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case BaseMethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LockStatementSyntax or AccessorDeclarationSyntax:
                    return false;
                case GlobalStatementSyntax:
                    return true;
            }
        }

        return false;
    }
}
