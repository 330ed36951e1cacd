using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Telemetry.Events.Analyzers.Reading;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>Finds two events with one name, in an assembly or in one that it references.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DuplicateNameAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NameRules.NameTaken];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var events = new ConcurrentBag<NamedEvent>();
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, events), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, events));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<NamedEvent> events)
    {
        if (type.FindAttribute(KnownNames.TelemetryEvent) is { } attribute && attribute.Text() is { Length: > 0 } name)
            events.Add(new NamedEvent(name, type, attribute));
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<NamedEvent> events)
    {
        if (events.IsEmpty)
            return;
        var referenced = ReferencedEvents.ByName(context.Compilation);
        foreach (var same in events.GroupBy(one => one.Name))
        {
            // All but the first in the order of the source are told; a name of a referenced assembly was there before all.
            var ordered = same.OrderBy(one => one.Type.Place(), SourceOrder.Instance).ToList();
            var owner = referenced.TryGetValue(same.Key, out var other) ? other : ordered[0].Type.ToDisplayString();
            foreach (var one in ordered.Skip(other is null ? 1 : 0))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    NameRules.NameTaken, one.Attribute.PlaceOfText(context.CancellationToken), one.Name, owner));
            }
        }
    }

    private sealed record NamedEvent(string Name, INamedTypeSymbol Type, AttributeData Attribute);
}
