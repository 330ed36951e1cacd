using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Telemetry.Events.Analyzers.Reading;
using Telemetry.Events.Analyzers.Records;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>
/// Compares the events of a project with those that its <c>Events.Shipped.txt</c> and <c>Events.Unshipped.txt</c> record. A
/// project without these files records nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RecordedEventAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Property of TEL030 and TEL031: the line to write.</summary>
    public const string Line = nameof(Line);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [RecordRules.NotRecorded, RecordRules.RecordDiffers, RecordRules.RecordedEventMissing, RecordRules.RecordUnreadable];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RecordFiles.Read(start.Options.AdditionalFiles, start.CancellationToken) is not { } files)
                return;
            var declared = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
            start.RegisterSymbolAction(symbol => CheckType(symbol, files, declared), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => CheckFiles(end, files, declared));
        });
    }

    private static void CheckType(SymbolAnalysisContext context, RecordFiles files, ConcurrentDictionary<string, bool> declared)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(KnownNames.TelemetryEvent) is not { } attribute)
            return;
        declared[attribute.Text() ?? ""] = true;
        var model = EventReader.Read(type, attribute, report: null, context.CancellationToken);
        // A wrong name has an error of its own; nobody is to record it.
        if (model is null || EventNameRules.Check(model.Name.AsSpan(), out _) != EventNameRule.None)
            return;

        var now = RecordedEvent.Of(model);
        var line = now.ToString();
        var properties = ImmutableDictionary<string, string?>.Empty.Add(Line, line);
        if (!files.Events.TryGetValue(model.Name, out var recorded))
        {
            context.ReportDiagnostic(Diagnostic.Create(RecordRules.NotRecorded, type.Place(), properties, model.Name, line));
            return;
        }

        var differences = string.Join("; ", recorded.Event.DifferencesTo(now));
        if (differences.Length > 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                RecordRules.RecordDiffers, type.Place(), [recorded.Place], properties, model.Name, differences, line));
        }
    }

    private static void CheckFiles(
        CompilationAnalysisContext context, RecordFiles files, ConcurrentDictionary<string, bool> declared)
    {
        foreach (var (place, trouble) in files.Unreadable)
            context.ReportDiagnostic(Diagnostic.Create(RecordRules.RecordUnreadable, place, trouble));
        foreach (var recorded in files.Events.Values.Where(recorded => !declared.ContainsKey(recorded.Event.Name)))
            context.ReportDiagnostic(Diagnostic.Create(RecordRules.RecordedEventMissing, recorded.Place, recorded.Event.Name));
    }
}
