using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Analysis;

public class EventShapeDiagnosticsTests
{
    private const string Attribute = """[TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Usage)]""";

    private static Task Check(string declarations) =>
        Verify.Diagnostics<EventTypeAnalyzer>(Sources.Usings + declarations.Replace("[Event]", Attribute));

    [Theory]
    [InlineData("[Event] partial record struct E(string A);")]
    [InlineData("[Event] partial record E(string A);")]
    [InlineData("[Event] partial class E { public string A { get; init; } = \"\"; }")]
    [InlineData("[Event] partial struct E { public string A { get; set; } }")]
    [InlineData("partial class Outer { [Event] internal partial record struct E(string A); }")]
    public Task Records_classes_and_structs_can_be_events(string declaration) => Check(declaration);

    [Fact]
    public Task A_type_that_is_not_partial_is_told() => Check("[Event] record struct {|TEL012:E|}(string A);");

    [Fact]
    public Task A_containing_type_that_is_not_partial_is_told() =>
        Check("class Outer { [Event] internal partial record struct {|TEL012:E|}(string A); }");

    [Theory]
    [InlineData("[Event] partial record struct {|TEL013:E|}<T>(string A);")]
    [InlineData("[Event] abstract partial record {|TEL013:E|}(string A);")]
    [InlineData("[Event] static partial class {|TEL013:E|};")]
    [InlineData("[Event] ref partial struct {|TEL013:E|};")]
    [InlineData("[Event] file partial record struct {|TEL013:E|}(string A);")]
    [InlineData("record Base(string B); [Event] partial record {|TEL013:E|}(string A) : Base(A);")]
    [InlineData("partial class Outer<T> { [Event] internal partial record struct {|TEL013:E|}(string A); }")]
    public Task A_shape_that_cannot_be_generated_is_told(string declaration) => Check(declaration);

    [Theory]
    [InlineData("string")]
    [InlineData("string?")]
    [InlineData("bool")]
    [InlineData("byte?")]
    [InlineData("ulong")]
    [InlineData("float")]
    [InlineData("decimal?")]
    [InlineData("Guid")]
    [InlineData("DateTime")]
    [InlineData("DateTimeOffset?")]
    [InlineData("TimeSpan")]
    [InlineData("Uri?")]
    [InlineData("DayOfWeek")]
    [InlineData("JsonElement")]
    [InlineData("int[]")]
    [InlineData("List<Guid?>")]
    [InlineData("IReadOnlyList<string>?")]
    [InlineData("IEnumerable<Line>")]
    [InlineData("Line?")]
    public Task A_supported_member_is_left_alone(string type) =>
        Check($"[EventPayload] partial record struct Line(string Sku); [Event] partial record struct E({type} A);");

    [Theory]
    [InlineData("object")]
    [InlineData("char")]
    [InlineData("nint")]
    [InlineData("DateOnly")]
    [InlineData("int[][]")]
    [InlineData("int[,]")]
    [InlineData("Dictionary<string, int>")]
    [InlineData("Unmarked")]
    [InlineData("System.IO.FileAccess")]
    public Task A_member_of_another_type_is_told(string type) =>
        Check($"record Unmarked; [Event] partial record struct E({type} {{|TEL014:A|}});");

    [Fact]
    public Task A_member_of_a_payload_is_checked_at_the_payload() =>
        Check("[EventPayload] partial record Line(object {|TEL014:A|}); [Event] partial record struct E(Line A);");

    [Fact]
    public Task A_payload_within_itself_is_told() => Check("[EventPayload] partial record Line(string Sku, Line? {|TEL014:Next|});");

    [Fact]
    public Task An_enum_whose_values_have_one_name_is_told() =>
        Check("enum Twice { A, [EventField(\"a\")] B } [Event] partial record struct E(Twice {|TEL014:A|});");

    [Fact]
    public Task A_type_that_does_not_exist_is_left_to_the_compiler() => Check("[Event] partial record struct E({|CS0246:Nothing|} A);");

    [Fact]
    public Task A_message_says_what_to_use_instead() => Verify.Message<EventTypeAnalyzer>(
        Sources.Usings + Attribute + "partial record struct E(int[][] {|#0:A|});",
        DesignRules.MemberTypeUnsupported,
        "A", "int[][]", "a list of lists is not supported; make the inner one a type marked [EventPayload]");

    [Theory]
    [InlineData("EventSubject")]
    [InlineData("EventPartitionKey")]
    public async Task Two_members_with_one_role_are_told(string role)
    {
        await Check($"[Event] partial record struct E([{role}] string A, [{role}] string {{|TEL015:B|}});");
        await Check($"[Event] partial record struct E([{role}] string A) {{ [{role}] public string {{|TEL015:B|}} => A; }}");
    }

    [Fact]
    public Task A_subject_that_is_no_text_is_told() => Check("[Event] partial record struct E([EventSubject] double {|TEL016:A|});");

    [Fact]
    public Task A_subject_that_only_a_parameter_holds_is_told() => Check("[Event] partial class E([EventSubject] string {|TEL016:a|});");

    [Theory]
    [InlineData("[EventField(\"Task Id\")] string {|TEL017:A|}")]
    [InlineData("string TaskId, [EventField(\"task_id\")] string {|TEL017:A|}")]
    [InlineData("string {|TEL017:_|}")]
    public Task A_wrong_or_taken_field_name_is_told(string parameters) => Check($"[Event] partial record struct E({parameters});");

    [Fact]
    public Task What_is_ignored_may_have_any_type_and_name() =>
        Check("[Event] partial record struct E(string A, [EventIgnore] object B) { private object C => A; internal object D => A; }");

    [Fact]
    public Task A_delivery_class_that_is_none_is_told() => Check(
        """[TelemetryEvent("orders.order.place", Topic = "orders", Delivery = {|TEL018:(DeliveryClass)9|})] partial record struct E;""");
}
