using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Telemetry.Events.Analyzers.Naming;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>
/// Checks the names and topics that are handed to <c>EventName.Parse</c>, <c>EventName.TryParse</c> and
/// <c>new EventDescriptor</c>, and finds names that are built of constants at run time.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RuntimeNameAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Property of TEL009: the constant to write instead, where there is a single one.</summary>
    public const string Constant = nameof(Constant);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        NameRules.NameEmpty, NameRules.NameTooLong, NameRules.NamePartCount, NameRules.NameEmptyPart, NameRules.NameUpperCase,
        NameRules.NamePartStart, NameRules.NameCharacter, NameRules.NameBuiltAtRunTime, NameRules.TopicInvalid,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var name = start.Compilation.GetTypeByMetadataName(KnownNames.EventName);
            var descriptor = start.Compilation.GetTypeByMetadataName(KnownNames.EventDescriptor);
            if (name is null || descriptor is null)
                return;
            start.RegisterOperationAction(
                operation => CheckParse(operation, (IInvocationOperation)operation.Operation, name), OperationKind.Invocation);
            start.RegisterOperationAction(
                operation => CheckDescriptor(operation, (IObjectCreationOperation)operation.Operation, descriptor), OperationKind.ObjectCreation);
        });
    }

    private static void CheckParse(OperationAnalysisContext context, IInvocationOperation call, INamedTypeSymbol name)
    {
        if (call.TargetMethod.Name is "Parse" or "TryParse" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, name))
            CheckName(context, Argument(call.Arguments, "name"));
    }

    private static void CheckDescriptor(OperationAnalysisContext context, IObjectCreationOperation creation, INamedTypeSymbol descriptor)
    {
        if (!SymbolEqualityComparer.Default.Equals(creation.Type, descriptor))
            return;
        CheckName(context, Argument(creation.Arguments, "name"));
        if (Argument(creation.Arguments, "topic") is { ConstantValue: { HasValue: true, Value: string topic } } argument
            && !TopicRules.IsTopic(topic))
        {
            context.ReportDiagnostic(Diagnostic.Create(NameRules.TopicInvalid, argument.Syntax.GetLocation(), topic));
        }
    }

    private static void CheckName(OperationAnalysisContext context, IOperation? argument)
    {
        if (argument?.Type?.SpecialType != SpecialType.System_String)
            return;
        var location = argument.Syntax.GetLocation();
        var texts = ConstantText.Of(argument);
        foreach (var text in texts.Values)
        {
            if (NameDiagnosis.Of(text, location) is { } diagnostic)
            {
                context.ReportDiagnostic(diagnostic);
                return;
            }
        }

        if (!texts.IsBuilt)
            return;
        var single = texts.Values.Count == 1 ? texts.Values[0] : null;
        var fix = single is not null
            ? $"write the constant \"{single}\""
            : "give each of the names it can be an event of its own: " + string.Join(", ", texts.Values);
        context.ReportDiagnostic(Diagnostic.Create(
            NameRules.NameBuiltAtRunTime, location, ImmutableDictionary<string, string?>.Empty.Add(Constant, single), fix));
    }

    private static IOperation? Argument(ImmutableArray<IArgumentOperation> arguments, string parameter) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;
}
