using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.CodeFixes;

public class TopicCodeFixTests
{
    private static string Event(string topic) =>
        Sources.Usings + $$"""[TelemetryEvent("orders.order.place", Topic = {{topic}}, Delivery = DeliveryClass.Usage)] partial record struct E;""";

    [Fact]
    public Task A_topic_that_Kafka_refuses_is_corrected() => Verify.Fix<EventTypeAnalyzer, TopicCodeFix>(
        Event("{|TEL010:\"xumi/task\"|}"), Event("\"xumi_task\""));

    [Fact]
    public Task A_typing_error_becomes_what_was_meant() => Verify.Fix<EventTypeAnalyzer, TopicCodeFix>(
        Event("{|TEL011:\"order\"|}"), Event("\"orders\""));

    [Fact]
    public Task A_new_topic_is_declared()
    {
        const string Source = """
            using Telemetry.Events;

            [TelemetryEvent("orders.order.place", Topic = {0}, Delivery = DeliveryClass.Usage)]
            partial record struct E;
            """;

        return Verify.Fix<EventTypeAnalyzer, TopicCodeFix>(
            Source.Replace("{0}", "{|TEL011:\"invoices\"|}", StringComparison.Ordinal),
            Source.Replace("{0}", "\"invoices\"", StringComparison.Ordinal)
                .Replace("using Telemetry.Events;\n", "using Telemetry.Events;\n\n[assembly: TelemetryTopic(\"invoices\")]", StringComparison.Ordinal));
    }
}
