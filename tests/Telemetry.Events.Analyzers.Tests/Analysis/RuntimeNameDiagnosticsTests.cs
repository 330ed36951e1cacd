using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Analysis;

public class RuntimeNameDiagnosticsTests
{
    private static Task Check(string body) => Verify.Diagnostics<RuntimeNameAnalyzer>(
        Sources.InMethod(body, "const string System = \"xumi\"; const int Number = 1; static void M(string some, bool flag)"));

    [Theory]
    [InlineData("EventName.Parse(\"xumi.task.start\");")]
    [InlineData("EventName.Parse(some);")]
    [InlineData("EventName.Parse($\"xumi.task.{some}\");")]
    [InlineData("EventName.Parse(System + \".task.start\");")]
    [InlineData("EventName.Parse($\"{System}.task.start\");")]
    [InlineData("EventName.Parse(flag ? \"xumi.task.start\" : \"xumi.task.finish\");")]
    [InlineData("int.Parse(\"Not.A.Name\");")]
    public Task A_right_constant_and_what_only_run_time_knows_are_left_alone(string body) => Check(body);

    [Theory]
    [InlineData("EventName.Parse({|TEL005:\"Xumi.task.start\"|});")]
    [InlineData("EventName.TryParse({|TEL003:\"xumi\"|}, out _);")]
    [InlineData("EventName.TryParse({|TEL004:\"xumi..start\"|}, out _, out _);")]
    [InlineData("new EventDescriptor({|TEL007:\"xumi.ta sk.start\"|}, \"xumi_task\", DeliveryClass.Usage);")]
    [InlineData("new EventDescriptor(\"xumi.task.start\", {|TEL010:\"xumi/task\"|}, DeliveryClass.Usage);")]
    [InlineData("EventDescriptor d = new({|TEL001:\"\"|}, \"xumi_task\", DeliveryClass.Usage);")]
    [InlineData("EventName.Parse({|TEL005:flag ? \"xumi.task.start\" : \"xumi.task.Finish\"|});")]
    [InlineData("EventName.Parse({|TEL007:$\"xumi.task.start!{Number}\"|});")]
    public Task A_wrong_constant_is_told(string body) => Check(body);

    [Theory]
    [InlineData("EventName.Parse({|TEL009:$\"xumi.task.v{Number}\"|});")]
    [InlineData("EventName.Parse({|TEL009:string.Join(\".\", \"xumi\", \"task\", \"start\")|});")]
    [InlineData("EventName.Parse({|TEL009:string.Concat(System, \".task\", \".start\")|});")]
    [InlineData("EventName.Parse({|TEL009:\"XUMI.task.start\".ToLowerInvariant()|});")]
    [InlineData("EventName.Parse({|TEL009:\"xumi.task.\" + (flag ? \"start\" : \"finish\")|});")]
    [InlineData("EventName.Parse({|TEL009:$\"xumi.task.{(flag ? \"start\" : \"finish\")}\"|});")]
    [InlineData("new EventDescriptor({|TEL009:\"xumi.task.\" + some.Length switch { 0 => \"start\", _ => \"finish\" }|}, \"xumi_task\", DeliveryClass.Usage);")]
    public Task A_name_built_of_constants_is_told(string body) => Check(body);

    [Fact]
    public Task The_names_that_it_can_be_are_listed() => Verify.Message<RuntimeNameAnalyzer>(
        Sources.InMethod("EventName.Parse({|#0:$\"xumi.task.{(flag ? \"start\" : \"finish\")}\"|});", "static void M(bool flag)"),
        NameRules.NameBuiltAtRunTime,
        "give each of the names it can be an event of its own: xumi.task.start, xumi.task.finish");
}
