using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.CodeFixes;

public class NameCodeFixTests
{
    private static string Event(string name) =>
        Sources.Usings + $$"""[TelemetryEvent({{name}}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct E;""";

    [Theory]
    [InlineData("TEL003", "xumi_task_start", "xumi.task.start")]
    [InlineData("TEL003", "a.b.c.d.e", "a.b.c.d_e")]
    [InlineData("TEL004", "xumi..task.start", "xumi.task.start")]
    [InlineData("TEL005", "XUMI.Task.Start", "xumi.task.start")]
    [InlineData("TEL005", "PbacAccessCheckDeny", "pbac.access.check.deny")]
    [InlineData("TEL006", "xumi._task.start", "xumi.task.start")]
    [InlineData("TEL007", "xumi/task/start", "xumi.task.start")]
    [InlineData("TEL007", "xumi:task:start", "xumi.task.start")]
    [InlineData("TEL007", "xumi task start", "xumi.task.start")]
    [InlineData("TEL007", "xumi.task.cold start!", "xumi.task.cold_start")]
    [InlineData("TEL005", "Xumi.Task start", "xumi.task.start")]
    [InlineData("TEL005", "xumi.TaskStart", "xumi.task.start")]
    [InlineData("TEL003", "xumi.task_start", "xumi.task.start")]
    public Task A_wrong_name_is_corrected(string id, string name, string corrected) =>
        Verify.Fix<EventTypeAnalyzer, NameCodeFix>(Event($"{{|{id}:\"{name}\"|}}"), Event($"\"{corrected}\""));

    [Fact]
    public Task Wrong_names_of_a_project_are_corrected_at_once()
    {
        const string Source = Sources.Usings + """
            [TelemetryEvent({0}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct A;
            [TelemetryEvent({1}, Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct B;
            """;
        return Verify.Fix<EventTypeAnalyzer, NameCodeFix>(
            Source.Replace("{0}", "{|TEL005:\"Orders.Order.Place\"|}").Replace("{1}", "{|TEL005:\"orders.order.CancelLate\"|}"),
            Source.Replace("{0}", "\"orders.order.place\"").Replace("{1}", "\"orders.order.cancel_late\""));
    }

    [Theory]
    [InlineData(0, "xumi.task.cold_start")]
    [InlineData(1, "xumi.task.coldstart")]
    public Task Humps_are_kept_apart_or_merely_lowered(int action, string corrected) =>
        Verify.Fix<EventTypeAnalyzer, NameCodeFix>(Event("{|TEL005:\"xumi.task.coldStart\"|}"), Event($"\"{corrected}\""), action);

    [Theory]
    [InlineData("{|TEL001:\"\"|}")]
    [InlineData("{|TEL003:\"xumi.start\"|}")]
    [InlineData("{|TEL006:\"1.2.3\"|}")]
    [InlineData("{|TEL005:nameof(E) + \".task.start\"|}")]
    public Task Where_no_name_can_be_made_of_it_nothing_is_offered(string name) =>
        Verify.Fix<EventTypeAnalyzer, NameCodeFix>(Event(name), Event(name));

    [Fact]
    public Task A_wrong_name_at_a_call_is_corrected() => Verify.Fix<RuntimeNameAnalyzer, NameCodeFix>(
        Sources.InMethod("EventName.Parse({|TEL005:\"Xumi.Task.Start\"|});"), Sources.InMethod("EventName.Parse(\"xumi.task.start\");"));

    [Fact]
    public Task A_name_built_of_constants_is_written_out() => Verify.Fix<RuntimeNameAnalyzer, NameCodeFix>(
        Sources.InMethod("EventName.Parse({|TEL009:string.Join(\".\", \"xumi\", \"task\", \"start\")|});"),
        Sources.InMethod("EventName.Parse(\"xumi.task.start\");"));
}
