using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.CodeFixes;

/// <summary>Turns a publishing call whose result is thrown away into one that fails when the event is not accepted.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseResultCodeFix))]
[Shared]
internal sealed class UseResultCodeFix : CodeFixProvider
{
    private const string Title = "Throw where the event is not accepted";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UsageRules.ResultIgnored.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        // A call that nobody awaits has no result yet; whether it can be awaited is for the author to see.
        if (root?.FindNode(context.Span) is ExpressionStatementSyntax statement
            && (statement.Expression is AwaitExpressionSyntax || MethodName(statement.Expression) == "Publish"))
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, _ => Task.FromResult(UseResult(context.Document, root, statement)), Title), context.Diagnostics);
        }
    }

    private static Document UseResult(Document document, SyntaxNode root, ExpressionStatementSyntax statement)
    {
        var (property, sentence) = statement.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText == "ConfirmAsync")
            ? ("IsDelivered", "The audit event was not delivered.")
            : ("IsAccepted", "The audit event was not accepted.");
        var check = SyntaxFactory.ParseStatement(
            $$"""
            if ({{statement.Expression.WithoutTrivia()}} is { {{property}}: false })
            {
                throw new global::System.InvalidOperationException("{{sentence}}");
            }
            """);
        check = check.ReplaceNodes(
            check.DescendantNodes().OfType<QualifiedNameSyntax>().Where(name => name.Parent is ObjectCreationExpressionSyntax),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        return document.WithSyntaxRoot(
            root.ReplaceNode(statement, check.WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation)));
    }

    private static string? MethodName(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax conditional => MethodName(conditional.WhenNotNull),
        _ => null,
    };
}
