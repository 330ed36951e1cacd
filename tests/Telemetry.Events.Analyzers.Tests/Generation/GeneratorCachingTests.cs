using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Telemetry.Events.Analyzers.Generation;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Generation;

public class GeneratorCachingTests
{
    private const string Event = Sources.Usings + """
        public enum Colour { Red, Blue }
        [EventPayload] public partial record Line(string Sku);
        [TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Usage)]
        public partial record struct Placed([EventSubject] string OrderId, Colour Colour, Line[] Lines);
        """;

    [Fact]
    public void An_edit_elsewhere_generates_nothing_anew()
    {
        var result = RunTwice(Event, "class Other;", "class Other { int _more; }");

        Assert.All(StepReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Unchanged, reason));
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void An_edit_of_another_file_that_an_event_depends_on_generates_it_anew()
    {
        var source = Event.Replace("public enum Colour { Red, Blue }", "", StringComparison.Ordinal);

        var result = RunTwice(source, "public enum Colour { Red, Blue }", "public enum Colour { Red, Green }");

        Assert.Contains(IncrementalStepRunReason.Modified, OutputReasons(result));
    }

    private static GeneratorRunResult RunTwice(string fixedSource, string before, string after)
    {
        var compilation = Generate.Compile(fixedSource, before);
        var driver = Generate.Driver().RunGenerators(compilation);
        var tree = compilation.SyntaxTrees[1];
        var edited = compilation.ReplaceSyntaxTree(
            tree, CSharpSyntaxTree.ParseText(after, (CSharpParseOptions)tree.Options, tree.FilePath));
        return Assert.Single(driver.RunGenerators(edited).GetRunResult().Results);
    }

    private static List<IncrementalStepRunReason> StepReasons(GeneratorRunResult result)
    {
        var reasons = new[] { EventGenerator.EventsStep, EventGenerator.PayloadsStep }
            .SelectMany(step => result.TrackedSteps[step])
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason)
            .ToList();
        Assert.Equal(2, reasons.Count);
        return reasons;
    }

    private static List<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result)
    {
        var reasons = result.TrackedOutputSteps.SelectMany(steps => steps.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason)
            .ToList();
        Assert.NotEmpty(reasons);
        return reasons;
    }
}
