using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Telemetry.Events.Analyzers.Naming;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.CodeFixes;

/// <summary>Corrects a field's name where <c>[EventField]</c> gives it: snake_case, nothing but letters, digits and underscores.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FieldNameCodeFix))]
[Shared]
internal sealed class FieldNameCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DesignRules.FieldNameInvalid.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var lists = root?.FindNode(context.Span).FirstAncestorOrSelf<SyntaxNode>(node => node is ParameterSyntax or MemberDeclarationSyntax) switch
        {
            ParameterSyntax parameter => parameter.AttributeLists,
            MemberDeclarationSyntax member => member.AttributeLists,
            _ => default,
        };
        var expression = lists.SelectMany(list => list.Attributes)
            .Where(attribute => attribute.Name.ToString() is "EventField" or "EventFieldAttribute")
            .Select(attribute => attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression)
            .FirstOrDefault();
        if (expression is null || LiteralFix.TextOf(expression) is not { } text)
            return;
        var name = Suggest(text);
        if (name != text && SnakeCase.IsFieldName(name))
            LiteralFix.Offer(context, expression, name, nameof(FieldNameCodeFix));
    }

    private static string Suggest(string text) => Regex.Replace(SnakeCase.From(text), "[^a-z0-9]+", "_").Trim('_');
}
