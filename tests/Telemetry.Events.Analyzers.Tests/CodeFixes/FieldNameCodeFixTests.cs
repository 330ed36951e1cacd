using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.CodeFixes;

public class FieldNameCodeFixTests
{
    private static string Event(string members) => Sources.Usings +
        $$"""[TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct E({{members}});""";

    [Theory]
    [InlineData("Task Id", "task_id")]
    [InlineData("taskId", "task_id")]
    [InlineData("task-id", "task_id")]
    [InlineData("größe", "gr_e")]
    public Task A_name_given_by_attribute_is_corrected(string wrong, string right) => Verify.Fix<EventTypeAnalyzer, FieldNameCodeFix>(
        Event($"[EventField(\"{wrong}\")] string {{|TEL017:A|}}"), Event($"[EventField(\"{right}\")] string A"));

    [Fact]
    public Task A_name_that_is_taken_is_left_to_the_author() => Verify.Fix<EventTypeAnalyzer, FieldNameCodeFix>(
        Event("string TaskId, [EventField(\"task_id\")] string {|TEL017:A|}"),
        Event("string TaskId, [EventField(\"task_id\")] string {|TEL017:A|}"));
}
