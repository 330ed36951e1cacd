using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>Finds threads that wait for the publisher: <c>.Result</c>, <c>.Wait()</c>, <c>.GetAwaiter().GetResult()</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SynchronousWaitAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.SynchronousWait];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (PublisherCalls.In(start.Compilation) is not { } calls)
                return;
            start.RegisterOperationAction(
                operation =>
                {
                    var read = (IPropertyReferenceOperation)operation.Operation;
                    if (read.Property.Name == "Result")
                        Check(operation, calls, read.Instance, "Result");
                },
                OperationKind.PropertyReference);
            start.RegisterOperationAction(
                operation =>
                {
                    var call = (IInvocationOperation)operation.Operation;
                    if (call.TargetMethod.Name is "Wait" or "GetResult")
                        Check(operation, calls, call.Instance, call.TargetMethod.Name + "()");
                },
                OperationKind.Invocation);
        });
    }

    private static void Check(OperationAnalysisContext context, PublisherCalls calls, IOperation? task, string wait)
    {
        var source = task is null ? null : PublisherCalls.Unwrap(task);
        // Result is left out: of a task that was awaited before, it is how its value is read.
        if (source is ILocalReferenceOperation variable && context.Operation is IInvocationOperation)
            source = Initializer(variable, context.CancellationToken);
        if (source is IInvocationOperation call && calls.IsAsynchronous(call.TargetMethod))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                UsageRules.SynchronousWait, context.Operation.Syntax.GetLocation(), wait, call.TargetMethod.Name));
        }
    }

    private static IOperation? Initializer(ILocalReferenceOperation variable, CancellationToken cancellation) =>
        variable.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && variable.SemanticModel?.GetOperation(value, cancellation) is { } operation
            ? PublisherCalls.Unwrap(operation)
            : null;
}
