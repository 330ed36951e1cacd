using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Records;

public class RecordedEventDiagnosticsTests
{
    private const string Line = "orders.order.place orders usage order_id:string,amount:number,note:string?";

    private static string Event(string members = "string OrderId, decimal Amount, string? Note", string mark = "{0}") => Sources.Usings + $$"""
        #nullable enable
        [TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Usage)]
        partial record struct {{mark.Replace("{0}", "Placed")}}({{members}});
        """;

    private static Task Check(string source, string? shipped, string? unshipped) => Verify.Diagnostics<RecordedEventAnalyzer>(
        source,
        [
            .. shipped is null ? Array.Empty<(string, string)>() : [("Events.Shipped.txt", shipped)],
            .. unshipped is null ? Array.Empty<(string, string)>() : [("Events.Unshipped.txt", unshipped)],
        ]);

    [Fact]
    public Task A_project_without_the_files_records_nothing() => Check(Event(), null, null);

    [Theory]
    [InlineData(Line, null)]
    [InlineData("", Line)]
    [InlineData("# a comment\n\n  " + Line + "  ", "# none")]
    [InlineData("orders.order.place orders usage old:string", Line)]
    [InlineData("orders.order.place orders usage note:string?,amount:number,order_id:string", "")]
    public Task A_recorded_event_is_left_alone(string shipped, string? unshipped) => Check(Event(), shipped, unshipped);

    [Theory]
    [InlineData("", "")]
    [InlineData(Line, "*REMOVED* orders.order.place")]
    public Task An_event_that_is_not_recorded_is_told(string shipped, string unshipped) =>
        Check(Event(mark: "{|TEL030:{0}|}"), shipped, unshipped);

    [Theory]
    [InlineData("string OrderId, decimal Amount")]
    [InlineData("string OrderId, decimal Amount, string Note")]
    [InlineData("string OrderId, string Amount, string? Note")]
    [InlineData("string OrderNumber, decimal Amount, string? Note")]
    [InlineData("string OrderId, decimal Amount, string? Note, int More")]
    public Task A_removed_renamed_or_retyped_field_is_told(string members) => Check(Event(members, "{|TEL031:{0}|}"), Line, "");

    [Theory]
    [InlineData("orders.order.place others usage order_id:string,amount:number,note:string?")]
    [InlineData("orders.order.place orders audit order_id:string,amount:number,note:string?")]
    public Task A_moved_topic_or_class_is_told(string line) => Check(Event(mark: "{|TEL031:{0}|}"), line, "");

    [Fact]
    public Task A_recorded_event_without_a_type_is_told_at_its_line() =>
        Check(Event(), Line, "{|TEL032:orders.order.cancel orders usage -|}");

    [Theory]
    [InlineData("{|TEL033:orders.order.cancel orders|}")]
    [InlineData("{|TEL033:orders.order.cancel orders usage order_id|}")]
    [InlineData("{|TEL033:*REMOVED* orders.order.cancel|}")]
    [InlineData(Line + "\n{|TEL033:" + Line + "|}")]
    public Task A_line_that_cannot_be_read_is_told(string unshipped) => Check(Event(), Line, unshipped);

    [Fact]
    public Task Enums_lists_and_payloads_are_recorded_with_all_they_hold() => Check(
        Sources.Usings + """
            enum Colour { Red, DarkBlue }
            [EventPayload] partial record struct Line(string Sku, int? Count);
            [TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Telemetry)]
            partial record struct Placed(Colour Colour, Line[] Lines, Guid Id, DateTimeOffset At, TimeSpan Took, Uri Link, JsonElement More, bool Paid);
            """,
        "orders.order.place orders telemetry colour:enum(red|dark_blue),lines:{sku:string?,count:integer?}[]?,"
            + "id:uuid,at:timestamp,took:seconds,link:uri?,more:json,paid:boolean",
        null);

    [Fact]
    public Task The_message_says_each_difference()
    {
        var source = Event("string OrderId, long Amount, string? Remark", "{|#0:{0}|}");
        return Verify.Message<RecordedEventAnalyzer>(
            source,
            [("Events.Shipped.txt", Line)],
            RecordRules.RecordDiffers,
            "orders.order.place",
            "the field 'amount' was 'number' and is 'integer'; the field 'note' is gone; the field 'remark' is new",
            "orders.order.place orders usage order_id:string,amount:integer,remark:string?");
    }
}
