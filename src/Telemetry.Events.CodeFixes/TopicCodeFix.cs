using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Telemetry.Events.Analyzers;
using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.CodeFixes;

/// <summary>Corrects a topic, or declares it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TopicCodeFix))]
[Shared]
internal sealed class TopicCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [NameRules.TopicInvalid.Id, NameRules.TopicUnknown.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var expression = await LiteralFix.ExpressionAsync(context).ConfigureAwait(false);
        if (expression is null || LiteralFix.TextOf(expression) is not { } topic)
            return;
        if (context.Diagnostics[0].Id == NameRules.TopicInvalid.Id)
        {
            var corrected = Regex.Replace(topic, "[^a-zA-Z0-9._-]+", "_").Trim('_');
            if (TopicRules.IsTopic(corrected))
                LiteralFix.Offer(context, expression, corrected, NameRules.TopicInvalid.Id);
            return;
        }

        if (context.Diagnostics[0].Properties.TryGetValue(EventTypeAnalyzer.NearestTopic, out var nearest) && nearest is not null)
            LiteralFix.Offer(context, expression, nearest, EventTypeAnalyzer.NearestTopic);
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Declare the topic \"{topic}\"", cancellation => DeclareAsync(context.Document, topic, cancellation), nameof(DeclareAsync)),
            context.Diagnostics);
    }

    private static async Task<Document> DeclareAsync(Document document, string topic, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var argument = SyntaxFactory.AttributeArgument(
            SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(topic)));
        var attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::" + KnownNames.TelemetryTopic))
            .AddArgumentListArguments(argument)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithTarget(SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.AssemblyKeyword)))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return document.WithSyntaxRoot(root.AddAttributeLists(list));
    }
}
