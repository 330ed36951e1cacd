using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Telemetry.Events.Analyzers.Reading;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>
/// Finds calls that publish an Audit event and look at nothing that comes back. An assignment to <c>_</c> is taken as said
/// on purpose.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class IgnoredResultAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.ResultIgnored];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (PublisherCalls.In(start.Compilation) is { } calls)
                start.RegisterOperationAction(operation => Check(operation, calls), OperationKind.ExpressionStatement);
        });
    }

    private static void Check(OperationAnalysisContext context, PublisherCalls calls)
    {
        if (PublisherCalls.Unwrap(((IExpressionStatementOperation)context.Operation).Operation) is not IInvocationOperation call
            || !calls.IsPublish(call.TargetMethod)
            || PublisherCalls.EventOf(call) is not { } attribute
            || EventReader.ReadDelivery(attribute, report: null, context.CancellationToken) != KnownNames.AuditDelivery)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            UsageRules.ResultIgnored, context.Operation.Syntax.GetLocation(), attribute.Text(), call.TargetMethod.Name));
    }
}
