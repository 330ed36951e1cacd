using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Telemetry.Events.Analyzers.Generation;

namespace Telemetry.Events.Analyzers.Tests.Verification;

/// <summary>Runs the generator over a source.</summary>
internal static class Generate
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Sources",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{index}.cs")),
        RunningFramework.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new EventGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What is generated, and what the compiler says of it all.</summary>
    public static (IReadOnlyList<string> Generated, IReadOnlyList<string> Diagnostics) From(string source)
    {
        var compilation = Compile(Sources.Usings + source);
        var driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported);
        var generated = driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()).ToList();
        var diagnostics = output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Concat(reported);
        return (generated, [.. diagnostics.Select(diagnostic => diagnostic.ToString())]);
    }
}
