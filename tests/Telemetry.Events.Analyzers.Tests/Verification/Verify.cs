using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Telemetry.Events.Analyzers.Tests.Verification;

/// <summary>Runs an analyzer, or an analyzer with a fix, over a source marked up with <c>{|TEL001:…|}</c>.</summary>
internal static class Verify
{
    public static Task Diagnostics<TAnalyzer>(string source, params (string Name, string Content)[] files)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>();
        Prepare(test, source, files);
        return test.RunAsync();
    }

    public static Task Message<TAnalyzer>(string source, DiagnosticDescriptor rule, params object[] arguments)
        where TAnalyzer : DiagnosticAnalyzer, new() => Message<TAnalyzer>(source, [], rule, arguments);

    public static Task Message<TAnalyzer>(
        string source, (string Name, string Content)[] files, DiagnosticDescriptor rule, params object[] arguments)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>();
        Prepare(test, source, files);
        test.ExpectedDiagnostics.Add(new DiagnosticResult(rule)
            .WithLocation(0)
            .WithArguments(arguments)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        return test.RunAsync();
    }

    public static Task Fix<TAnalyzer, TFix>(string source, string fixedSource, int action = 0)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        {
            FixedCode = fixedSource.ReplaceLineEndings("\n"),
            CodeActionIndex = action,
            // All at once take the first that each place offers.
            CodeFixTestBehaviors = action == 0 ? CodeFixTestBehaviors.None : CodeFixTestBehaviors.SkipFixAllCheck,
        };
        Prepare(test, source, []);
        AddReferences(test.FixedState);
        return test.RunAsync();
    }

    public static Task FixFile<TAnalyzer, TFix>(string source, (string Name, string Content) file, string fixedContent)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>();
        Prepare(test, source, [file]);
        test.FixedState.MarkupHandling = MarkupMode.Ignore;
        test.FixedCode = source.ReplaceLineEndings("\n");
        test.FixedState.AdditionalFiles.Add((file.Name, fixedContent));
        AddReferences(test.FixedState);
        return test.RunAsync();
    }

    internal static void AddReferences(SolutionState state)
    {
        state.ReferenceAssemblies = new ReferenceAssemblies("none");
        state.AdditionalReferences.AddRange(RunningFramework.References);
    }

    private static void Prepare(AnalyzerTest<DefaultVerifier> test, string source, (string Name, string Content)[] files)
    {
        test.TestCode = source.ReplaceLineEndings("\n");
        AddReferences(test.TestState);
        foreach (var file in files)
            test.TestState.AdditionalFiles.Add((file.Name, file.Content));
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(
            project, new CSharpParseOptions(LanguageVersion.Latest)));
    }
}
