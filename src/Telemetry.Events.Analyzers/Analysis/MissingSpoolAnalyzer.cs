using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Telemetry.Events.Analyzers.Reading;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>
/// Finds programs that publish Audit events and cannot have a spool: its package is not among what they are compiled with, so that each
/// such event would be refused.
/// </summary>
/// <remarks>
/// Libraries are left alone, since the program that uses them brings the spool, and so are tests with Telemetry.Events.Testing, whose
/// publisher needs none.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class MissingSpoolAnalyzer : DiagnosticAnalyzer
{
    private const string SpoolAssembly = "Telemetry.Events.Spool";
    private const string TestingAssembly = "Telemetry.Events.Testing";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.SpoolMissing];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (IsProgram(start.Compilation) && !HasSpool(start.Compilation) && PublisherCalls.In(start.Compilation) is { } calls)
                start.RegisterOperationAction(operation => Check(operation, calls), OperationKind.Invocation);
        });
    }

    private static bool IsProgram(Compilation compilation) => compilation.Options.OutputKind
        is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication;

    private static bool HasSpool(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name is SpoolAssembly or TestingAssembly);

    private static void Check(OperationAnalysisContext context, PublisherCalls calls)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!calls.IsPublish(call.TargetMethod)
            || PublisherCalls.EventOf(call) is not { } attribute
            || EventReader.ReadDelivery(attribute, report: null, context.CancellationToken) != KnownNames.AuditDelivery)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(UsageRules.SpoolMissing, call.Syntax.GetLocation(), attribute.Text()));
    }
}
