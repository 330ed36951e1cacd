using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Analysis;

public class EventNameDiagnosticsTests
{
    private static string Event(string name) =>
        Sources.Usings + $$"""[TelemetryEvent({|#0:"{{name}}"|}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct E;""";

    private static Task Expect(string name, DiagnosticDescriptor rule, params object[] arguments) =>
        Verify.Message<EventTypeAnalyzer>(Event(name), rule, arguments);

    [Theory]
    [InlineData("xumi.task.start")]
    [InlineData("xumi.weights.load.start")]
    [InlineData("a1.b_c.d-e.f")]
    public Task A_right_name_is_left_alone(string name) => Verify.Diagnostics<EventTypeAnalyzer>(Event(name).Replace("{|#0:", "").Replace("|}", ""));

    [Fact]
    public Task An_empty_name_is_told() => Expect("", NameRules.NameEmpty);

    [Fact]
    public Task Null_is_an_empty_name() => Verify.Diagnostics<EventTypeAnalyzer>(
        Sources.Usings + """[TelemetryEvent({|TEL001:null!|}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct E;""");

    [Fact]
    public Task A_long_name_is_told_its_length_and_quoted_in_part()
    {
        var name = "a.b." + new string('c', 125);
        return Expect(name, NameRules.NameTooLong, name[..64] + "…", 129);
    }

    [Theory]
    [InlineData("xumi.start", 2)]
    [InlineData("a.b.c.d.e", 5)]
    public Task A_wrong_number_of_parts_is_told(string name, int parts) => Expect(name, NameRules.NamePartCount, name, parts);

    [Theory]
    [InlineData("a..b.c", 3)]
    [InlineData(".a.b.c", 1)]
    [InlineData("a.b.c.", 7)]
    public Task An_empty_part_is_told_with_its_place(string name, int place) => Expect(name, NameRules.NameEmptyPart, name, place);

    [Fact]
    public Task An_upper_case_letter_is_told_with_its_place() => Expect("xumi.Task.start", NameRules.NameUpperCase, "xumi.Task.start", 'T', 6);

    [Fact]
    public Task A_part_that_begins_with_a_digit_is_told() => Expect("xumi.2task.start", NameRules.NamePartStart, "xumi.2task.start", "2task", "2");

    [Fact]
    public Task A_foreign_character_is_told_with_its_part() => Expect("xumi.ta sk.start", NameRules.NameCharacter, "xumi.ta sk.start", "ta sk", " ");

    [Fact]
    public Task A_name_in_a_constant_is_checked_where_it_is_used() => Verify.Diagnostics<EventTypeAnalyzer>(Sources.Usings + """
        static class Names { public const string Start = "Xumi" + ".task.start"; }
        [TelemetryEvent({|TEL005:Names.Start|}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct E;
        """);

    [Fact]
    public Task Two_events_of_one_name_are_told_but_the_first() => Verify.Diagnostics<DuplicateNameAnalyzer>(Sources.Usings + """
        [TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct First;
        [TelemetryEvent({|TEL008:"orders.order.place"|}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct Second;
        """);

    [Fact]
    public Task A_name_of_the_catalog_is_taken() => Verify.Message<DuplicateNameAnalyzer>(
        Sources.Usings + """[TelemetryEvent({|#0:"xumi.task.run.start"|}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct Mine;""",
        NameRules.NameTaken, "xumi.task.run.start", "Telemetry.Events.Catalog.TaskRunStart");
}
