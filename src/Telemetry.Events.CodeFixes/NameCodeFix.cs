using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.CodeFixes;

/// <summary>Corrects a name where it is written: lower case, separators, humps; and writes out one that is built.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameCodeFix))]
[Shared]
internal sealed class NameCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        NameRules.NamePartCount.Id, NameRules.NameEmptyPart.Id, NameRules.NameUpperCase.Id, NameRules.NamePartStart.Id,
        NameRules.NameCharacter.Id, NameRules.NameBuiltAtRunTime.Id,
    ];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await LiteralFix.ExpressionAsync(context).ConfigureAwait(false) is not { } expression)
            return;
        if (context.Diagnostics[0].Properties.TryGetValue(RuntimeNameAnalyzer.Constant, out var constant))
        {
            if (constant is not null)
                LiteralFix.Offer(context, expression, constant, RuntimeNameAnalyzer.Constant);
        }
        else if (LiteralFix.TextOf(expression) is { } text)
        {
            var suggestions = 0;
            foreach (var name in NameSuggestions.For(text))
                LiteralFix.Offer(context, expression, name, nameof(NameSuggestions) + suggestions++);
        }
    }
}
