using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.CodeFixes;

public class RecordCodeFixTests
{
    private const string File = "Events.Unshipped.txt";

    private static string Event(string id, string name) => $$"""

        [TelemetryEvent("{{name}}", Topic = "orders", Delivery = DeliveryClass.Usage)] partial record struct {|{{id}}:E{{name.Replace('.', '_')}}|}(int A);
        """;

    [Fact]
    public Task Events_are_recorded_in_the_order_of_their_names() => Verify.FixFile<RecordedEventAnalyzer, RecordCodeFix>(
        Sources.Usings + Event("TEL030", "orders.order.place") + Event("TEL030", "orders.order.cancel"),
        (File, "# Recorded\n"),
        "# Recorded\norders.order.cancel orders usage a:integer\norders.order.place orders usage a:integer\n");

    [Fact]
    public Task A_changed_event_replaces_its_line() => Verify.FixFile<RecordedEventAnalyzer, RecordCodeFix>(
        Sources.Usings + Event("TEL031", "orders.order.place"),
        (File, "orders.order.place orders usage a:string\n"),
        "orders.order.place orders usage a:integer\n");

    [Theory]
    [InlineData("", "b x y -", "b x y -\n")]
    [InlineData("a x y -\nc x y -", "b x y -", "a x y -\nb x y -\nc x y -\n")]
    [InlineData("# head\r\nc x y -\r\n", "b x y -", "# head\r\nb x y -\r\nc x y -\r\n")]
    [InlineData("*REMOVED* b\nc x y -\n", "b x y -", "b x y -\nc x y -\n")]
    public void Lines_are_put_where_they_belong(string content, string line, string expected) =>
        Assert.Equal(expected, UnshippedFile.Merge(content, [line]));
}
