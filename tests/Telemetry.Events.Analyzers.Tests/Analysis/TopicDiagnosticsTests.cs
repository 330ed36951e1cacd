using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Analysis;

public class TopicDiagnosticsTests
{
    private static string Event(string topic) =>
        Sources.Usings + $$"""[TelemetryEvent("orders.order.place", Topic = {{topic}}, Delivery = DeliveryClass.Usage)] partial record struct E;""";

    [Theory]
    [InlineData("orders")]
    [InlineData("xumi_task")]
    public Task A_topic_of_this_assembly_or_of_one_it_references_is_known(string topic) =>
        Verify.Diagnostics<EventTypeAnalyzer>(Event($"\"{topic}\""));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("..")]
    public Task A_topic_that_Kafka_refuses_is_told(string topic) =>
        Verify.Diagnostics<EventTypeAnalyzer>(Event($"{{|TEL010:\"{topic}\"|}}"));

    [Fact]
    public Task A_typing_error_is_told_with_what_was_meant() => Verify.Message<EventTypeAnalyzer>(
        Event("{|#0:\"Xumi_tsk\"|}"), NameRules.TopicUnknown, "Xumi_tsk", " (did you mean 'xumi_task'?)");

    [Fact]
    public Task A_topic_that_nobody_declares_is_told() =>
        Verify.Message<EventTypeAnalyzer>(Event("{|#0:\"invoices\"|}"), NameRules.TopicUnknown, "invoices", "");

    [Fact]
    public Task A_declared_topic_that_Kafka_refuses_is_told() => Verify.Diagnostics<EventTypeAnalyzer>(
        "[assembly: Telemetry.Events.TelemetryTopic({|TEL010:\"two words\"|})]");
}
