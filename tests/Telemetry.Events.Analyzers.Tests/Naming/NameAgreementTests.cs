using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.Naming;

public class NameAgreementTests
{
    // By the rules' names: the type itself is compiled into the analyzer a second time.
    private static readonly Dictionary<string, string> Ids = new()
    {
        ["Empty"] = "TEL001",
        ["TooLong"] = "TEL002",
        ["PartCount"] = "TEL003",
        ["EmptyPart"] = "TEL004",
        ["UpperCase"] = "TEL005",
        ["PartStart"] = "TEL006",
        ["Character"] = "TEL007",
    };

    // Arbitrary strings hardly ever come near a name; strings of what names are made of do.
    private static readonly Gen<string> Names = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("a", "xumi", "b2", "c_d", "e-f", ".", ".", ".", "A", "1", "_", "-", " ", "é", "\u0130", "\ud800", "\0", new string('x', 60))
            .ListOf().Select(parts => string.Concat(parts)),
        Gen.Elements("a", "xumi", "b2", "c_d", "X").ListOf().Select(parts => string.Join('.', parts)));

    /// <summary>One compilation of many strings: each has a line of its own.</summary>
    [Property(MaxTest = 20)]
    public Property Build_and_run_time_agree_on_every_string() => Prop.ForAll(Names.ArrayOf(100).ToArbitrary(), names =>
    {
        var calls = string.Join("\n", names.Select(name => $"EventName.TryParse({SymbolDisplay.FormatLiteral(name, quote: true)}, out _);"));
        var compilation = Generate.Compile($"using Telemetry.Events; static class P {{ static void M() {{\n{calls}\n}} }}");
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        var atBuild = compilation.WithAnalyzers([new RuntimeNameAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .ToDictionary(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line - 1, diagnostic => diagnostic.Id);

        for (var i = 0; i < names.Length; i++)
        {
            var isName = EventName.TryParse(names[i], out _, out var error);
            Assert.Equal(isName ? null : Ids[error.Rule.ToString()], atBuild.GetValueOrDefault(i));
        }
    });

    [Property(MaxTest = 500)]
    public Property A_suggested_name_is_always_a_name() => Prop.ForAll(Names.ToArbitrary(), text =>
        Assert.All(NameSuggestions.For(text), name => Assert.True(EventName.TryParse(name, out _))));
}
