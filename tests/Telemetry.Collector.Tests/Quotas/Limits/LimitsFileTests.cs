using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Limits.File;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Limits;

public class LimitsFileTests
{
    private const string Good =
        """
        {
          "$schema": "quota-limits.schema.json",
          "version": 1,
          "default_plan": "free",
          "plans": {
            "free": { "limits": { "gpu": { "amount": 10.000000000001, "period": "day", "zone": "Europe/Berlin", "enforcement": "soft", "thresholds": [50] } } },
            "pro": { "limits": { "gpu": { "amount": 1e3, "period": "rolling", "length_seconds": 86400, "step_seconds": 60 } } }
          },
          "tenants": { "acme": { "plan": "pro" } },
          "users": { "ann": { "plan": "pro", "limits": { "cpu": { "amount": 5, "period": "none" } } }, }
        }
        """;

    private static readonly KnownResources Resources = new(["cpu", "gpu"]);

    [Fact]
    public void Plans_tenants_users_and_the_default_are_read()
    {
        var entries = Read(Good);

        Assert.Equal(
            ["acme", "ann", "free", "pro", ""],
            entries.Keys.OrderBy(subject => subject.Name.Length == 0).ThenBy(subject => subject.Name, StringComparer.Ordinal).Select(subject => subject.Name));
        var free = entries[new LimitSubject(LimitKind.Plan, "free")].Limits["gpu"];
        Assert.Equal("10.000000000001", LimitJson.Element(entries[new LimitSubject(LimitKind.Plan, "free")]).GetProperty("limits").GetProperty("gpu").GetProperty("amount").GetRawText());
        Assert.Equal((QuotaPeriodKind.Day, "Europe/Berlin", false, 50), (free.Period.Kind, free.Period.Zone, free.IsHard, free.Thresholds[0]));
        var pro = entries[new LimitSubject(LimitKind.Plan, "pro")].Limits["gpu"];
        Assert.Equal((TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), true), (pro.Period.Length, pro.Period.Step, pro.IsHard));
        Assert.Equal([80, 100], pro.Thresholds);
        Assert.Equal("free", entries[LimitSubject.Default].Plan);
    }

    [Fact]
    public void A_mark_of_the_byte_order_is_read_over() => Assert.NotEmpty(Read("\uFEFF" + Good));

    [Theory]
    [InlineData("$.version", "2", "at $.version: it is 2. Write 1.")]
    [InlineData("$.default_plan", "\"gold\"", "at $.default_plan: it is 'gold'. Name one of the file's plans (free, pro).")]
    [InlineData("$.users.ann.plan", "\"gold\"", "at $.users.ann.plan: it is 'gold'. Name one of the file's plans (free, pro).")]
    [InlineData("$.plans.free.plan", "\"pro\"", "at $.plans.free.plan: it is 'pro'. Leave it out: a plan has no plan.")]
    [InlineData("$.plans.free.limits.tpu", "{}", "at $.plans.free.limits.tpu: it is 'tpu'. Name a resource that there is (cpu, gpu)")]
    [InlineData("$.plans.free.limits.gpu", "null", "at $.plans.free.limits.gpu: nothing is there. Write a limit")]
    [InlineData("$.plans.free.limits.gpu.amount", "-1", "at $.plans.free.limits.gpu.amount: it is '-1'. Write a number, zero or more.")]
    [InlineData("$.plans.free.limits.gpu.amount", "null", "at $.plans.free.limits.gpu.amount: nothing is there.")]
    [InlineData("$.plans.free.limits.gpu.period", "\"hour\"", "at $.plans.free.limits.gpu.period: it is 'hour'. Write one of none, day, week, month, rolling.")]
    [InlineData("$.plans.free.limits.gpu.zone", "\"Mars/Olympus\"", "at $.plans.free.limits.gpu.zone: it is 'Mars/Olympus'. Write a time zone's IANA name")]
    [InlineData("$.plans.free.limits.gpu.zone", "\"../../etc/passwd\"", "at $.plans.free.limits.gpu.zone")]
    [InlineData("$.plans.free.limits.gpu.enforcement", "\"strict\"", "at $.plans.free.limits.gpu.enforcement: it is 'strict'. Write hard or soft.")]
    [InlineData("$.plans.free.limits.gpu.thresholds", "[100,80]", "at $.plans.free.limits.gpu.thresholds: it is '[100, 80]'. Write up to 20 whole percents")]
    [InlineData("$.plans.free.limits.gpu.thresholds", "[0]", "at $.plans.free.limits.gpu.thresholds")]
    [InlineData("$.plans.free.limits.gpu.step_seconds", "60", "at $.plans.free.limits.gpu.step_seconds: it is 60. Leave it out: only rolling has a step.")]
    [InlineData("$.plans.pro.limits.gpu.zone", "\"UTC\"", "at $.plans.pro.limits.gpu.zone: it is 'UTC'. Leave it out: only day, week and month have a zone.")]
    [InlineData("$.plans.pro.limits.gpu.length_seconds", "0", "at $.plans.pro.limits.gpu.length_seconds: it is 0. Write whole seconds from 1 to 158112000.")]
    [InlineData("$.plans.pro.limits.gpu.step_seconds", "1", "at $.plans.pro.limits.gpu.step_seconds: it is 1. Write whole seconds from 44 to 86400.")]
    public void A_wrong_member_is_told_with_its_place_value_and_fix(string path, string value, string expected)
    {
        var mistake = Assert.Single(MistakesOf(Changed(path, value)));

        Assert.StartsWith("The limits file 'limits.json' is wrong at ", mistake, StringComparison.Ordinal);
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.plan", "{}", "is wrong at $.plan, line ")]
    [InlineData("$.plans.free.limits.gpu.amount", "\"10\"", "is wrong at $.plans.free.limits.gpu.amount, line ")]
    [InlineData("$.plans.free.limits.gpu.amount", "0.0000000000001", "it has more than 12 digits after the point")]
    [InlineData("$.plans.free.limits.gpu.amount", "1e30", "it has more than 26 digits before the point")]
    public void What_is_not_of_the_form_is_told_with_its_place_and_line(string path, string value, string expected)
    {
        var mistake = Assert.Single(MistakesOf(Changed(path, value)));

        Assert.Contains(expected, mistake, StringComparison.Ordinal);
        Assert.EndsWith("Write it as quota-limits.schema.json says.", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_cannot_be_are_told() => Assert.Equal(2, MistakesOf(
        """{"version":1,"plans":{"Gold Plan":{}},"users":{"":{}}}""").Count);

    [Fact]
    public void The_schema_knows_the_members_that_the_reader_knows()
    {
        var schema = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "quota-limits.schema.json")))!;
        var definitions = schema["$defs"]!;

        Assert.Equal(Members(typeof(LimitsFileDocument)), Properties(schema));
        Assert.Equal(Members(typeof(LimitSetDocument)), Properties(definitions["set"]!));
        Assert.Equal(Members(typeof(LimitDocument)), Properties(definitions["limit"]!));
        Assert.Equal(
            Enum.GetValues<QuotaPeriodKind>().Select(QuotaPeriodNames.Of),
            definitions["limit"]!["properties"]!["period"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()));
    }

    internal static IReadOnlyDictionary<LimitSubject, LimitSet> Read(string json) => LimitsFile.Read(Encoding.UTF8.GetBytes(json), "limits.json", Resources);

    private static IReadOnlyList<string> MistakesOf(string json) => Assert.Throws<LimitsFileException>(() => Read(json)).Mistakes;

    private static string Changed(string path, string value)
    {
        var root = JsonNode.Parse(Good, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!;
        var parts = path.Split('.')[1..];
        var parent = parts[..^1].Aggregate(root, (node, part) => node[part]!);
        parent[parts[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }

    private static IEnumerable<string> Members(Type type) => type.GetConstructors().Single(constructor => constructor.GetParameters().Length > 1)
        .GetParameters().Select(parameter => type.GetProperty(parameter.Name!)!.GetCustomAttributes(typeof(JsonPropertyNameAttribute), false)
            .Cast<JsonPropertyNameAttribute>().FirstOrDefault()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Properties(JsonNode schema) =>
        schema["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal);
}
