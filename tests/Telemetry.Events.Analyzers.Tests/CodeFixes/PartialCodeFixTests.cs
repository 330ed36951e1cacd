using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.CodeFixes;

public class PartialCodeFixTests
{
    private const string Attribute = """[TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Usage)] """;

    [Theory]
    [InlineData("record struct {|TEL012:E|};", "partial record struct E;")]
    [InlineData("public readonly record struct {|TEL012:E|};", "public readonly partial record struct E;")]
    [InlineData("sealed class {|TEL012:E|} { }", "sealed partial class E { }")]
    public Task A_type_is_made_partial(string source, string corrected) => Verify.Fix<EventTypeAnalyzer, PartialCodeFix>(
        Sources.Usings + Attribute + source, Sources.Usings + Attribute + corrected);

    [Fact]
    public Task So_is_a_type_that_contains_it() => Verify.Fix<EventTypeAnalyzer, PartialCodeFix>(
        Sources.Usings + "static class Outer { " + Attribute + "class {|TEL012:E|} { } }",
        Sources.Usings + "static partial class Outer { " + Attribute + "partial class E { } }");
}
