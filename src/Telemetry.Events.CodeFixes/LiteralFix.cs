using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Telemetry.Events.CodeFixes;

/// <summary>Puts a string literal where an expression stands.</summary>
internal static class LiteralFix
{
    /// <summary>The expression that a diagnostic points at.</summary>
    public static async Task<ExpressionSyntax?> ExpressionAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        return root?.FindNode(context.Span, getInnermostNodeForTie: true) as ExpressionSyntax;
    }

    /// <summary>The text of a literal; null where the expression is something else, whose text stands elsewhere.</summary>
    public static string? TextOf(ExpressionSyntax? expression) =>
        expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;

    /// <param name="context">The diagnostic.</param>
    /// <param name="expression">What to replace.</param>
    /// <param name="text">The literal's text.</param>
    /// <param name="kind">What fixes of many places at once have in common, whatever each one's text.</param>
    public static void Offer(CodeFixContext context, ExpressionSyntax expression, string text, string kind) => context.RegisterCodeFix(
        CodeAction.Create($"Write \"{text}\"", cancellation => ReplaceAsync(context.Document, expression, text, cancellation), kind),
        context.Diagnostics);

    private static async Task<Document> ReplaceAsync(Document document, ExpressionSyntax expression, string text, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
        return document.WithSyntaxRoot(root!.ReplaceNode(expression, literal.WithTriviaFrom(expression)));
    }
}
