using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Tests.Hosting;
using Telemetry.Collector.Tests.Storage;

namespace Telemetry.Collector.Tests.Measuring.Catalog;

public sealed class MetricCatalogTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_file_beside_the_program_is_the_catalog_inside_of_it()
    {
        var beside = MetricCatalog.Load(Path.Combine(AppContext.BaseDirectory, "metrics.json"));

        Assert.Equal(Described(MetricCatalog.Shipped), Described(beside));
    }

    [Fact]
    public void What_is_shipped_covers_nodes_pods_and_GPUs()
    {
        var sources = MetricCatalog.Shipped.Metrics.SelectMany(metric => metric.Sources);

        Assert.Equal(["gpu", "node", "pod"], sources.Select(source => source.Target.Name).Distinct().Order(StringComparer.Ordinal));
        var utilization = MetricCatalog.Shipped.Metrics.Single(metric => metric.Name == "gpu.utilization");
        Assert.Equal(
            ["DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_PROF_GR_ENGINE_ACTIVE"],
            utilization.Sources.Select(source => source.Terms[0].Select.ToString()));
        var labels = utilization.Sources[0].Target.Find.Select(find => find.ToString());
        Assert.Contains(labels, find => find.Contains("{hostname=", StringComparison.Ordinal));
        Assert.Contains(labels, find => find.Contains("{Hostname=", StringComparison.Ordinal));
        Assert.Equal("pod", MetricCatalog.Shipped.Metrics.Single(metric => metric.Name == "run.cpu").Sources[0].Target.Name);
    }

    [Fact]
    public void The_schema_knows_the_members_that_the_reader_knows()
    {
        var schema = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "metrics.schema.json")))!;
        var definitions = schema["$defs"]!;

        Assert.Equal(Members(typeof(MetricCatalogFile)), Properties(schema));
        Assert.Equal(Members(typeof(MetricCatalogFile.Target)), Properties(definitions["target"]!));
        Assert.Equal(Members(typeof(MetricCatalogFile.Metric)), Properties(definitions["metric"]!));
        Assert.Equal(Members(typeof(MetricCatalogFile.Source)), Properties(definitions["source"]!));
        Assert.Equal(Members(typeof(MetricCatalogFile.Term)), Properties(definitions["term"]!));
        Assert.Equal(
            Enum.GetNames<MetricAggregation>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
            definitions["metric"]!["properties"]!["aggregations"]!["items"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()));
    }

    [Theory]
    [InlineData("version", "2", "at $.version: it is 2. Write 1.")]
    [InlineData("targets", "[]", "at $.targets: it is '[]'. Write at least one element.")]
    [InlineData("metrics", "null", "at $.metrics: nothing is there. Write at least one element.")]
    [InlineData("replica_labels", """["a-b"]""", "at $.replica_labels[0]: it is 'a-b'. Write a label's name")]
    [InlineData("mertics", "[]", "could not be mapped")]
    public void A_wrong_member_is_told_with_its_place_value_and_fix(string member, string value, string expected) =>
        AssertWrong(catalog => catalog[member] = JsonNode.Parse(value), expected);

    [Theory]
    [InlineData("name", "\"Node.CPU\"", "at $.metrics[0].name: it is 'Node.CPU'. Write lowercase parts with dots between")]
    [InlineData("kind", "\"histogram\"", "at $.metrics[0].kind: it is 'histogram'. Write one of counter, gauge.")]
    [InlineData("unit", "\" \"", "at $.metrics[0].unit: it is ' '. Write a text.")]
    [InlineData("aggregations", """["mean"]""", "at $.metrics[0].aggregations[0]: it is 'mean'. Write one of integral, average, min, max, p95, own.")]
    [InlineData("aggregations", "[null]", "at $.metrics[0].aggregations[0]: nothing is there.")]
    [InlineData("sources", """[{"target":"nod","terms":[{"select":"up"}]}]""", "at $.metrics[0].sources[0].target: it is 'nod'. Name one of the targets: node, gpu, pod.")]
    [InlineData("sources", """[{"target":"node","terms":[{"select":"up","scale":0}]}]""", "at $.metrics[0].sources[0].terms[0].scale: it is 0.")]
    [InlineData("sources", """[{"target":"node","terms":[{"select":"up","scale":-1}]}]""", "at $.metrics[0].sources[0].terms[0].scale: it is -1.")]
    [InlineData("sources", """[{"target":"node","terms":[{"select":"up"}],"capacity":0}]""", "at $.metrics[0].sources[0].capacity: it is 0. Write a number above 0")]
    [InlineData("sources", """[{"target":"node","terms":[{"select":"up"}],"capacity_per":"cpu"}]""", "at $.metrics[0].sources[0].capacity_per: it is 'cpu'.")]
    public void A_wrong_metric_is_told_with_its_place_value_and_fix(string member, string value, string expected) =>
        AssertWrong(catalog => catalog["metrics"]![0]![member] = JsonNode.Parse(value), expected);

    [Theory]
    [InlineData("up} or node_load1{a=\"b\"", "End the selector at character 3")]
    [InlineData("up{a=\"b\"} or up", "End the selector at character 11")]
    [InlineData("up{a=b}", "Write the label's value in double quotes at character 6")]
    [InlineData("up{a=\"b}", "Close the double quotes")]
    [InlineData("up{a=\"\\n\"}", "Escape nothing but")]
    [InlineData("up{__name__=\"x\"}", "Put the metric's name in front of the matchers")]
    [InlineData("up{a=~\"(\"}", "Write a regular expression as RE2 has them")]
    [InlineData("up{a=\"{nodename}\"}", "'nodename' is no placeholder: write one of {")]
    [InlineData("rate(up[5m])", "End the selector at character 5")]
    [InlineData("", "Write a metric's name at character 1")]
    public void A_wrong_selector_is_told_with_its_place_value_and_fix(string selector, string expected) => AssertWrong(
        catalog => catalog["targets"]![0]!["find"]![0] = selector, $"at $.targets[0].find[0]: it is '{selector}'. {expected}");

    [Fact]
    public void Text_that_is_no_JSON_is_told_with_its_line()
    {
        var path = _directory.File("metrics.json");
        File.WriteAllText(path, "{\n  \"version\": 1,\n  oops\n}");

        var mistake = Assert.Single(Assert.Throws<MetricCatalogException>(() => MetricCatalog.Load(path)).Mistakes);

        Assert.Contains("line 3", mistake, StringComparison.Ordinal);
        Assert.EndsWith("Write it as metrics.schema.json says.", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Collector_does_not_start_on_a_wrong_file_and_tells_every_mistake()
    {
        var path = Write(catalog =>
        {
            catalog["version"] = 7;
            catalog["metrics"]![1]!["kind"] = "sum";
        });

        var error = await FailedStartAsync(path);

        Assert.Contains($"The metric catalog '{path}' is wrong at $.version: it is 7. Write 1.", error, StringComparison.Ordinal);
        Assert.Contains("$.metrics[1].kind: it is 'sum'. Write one of counter, gauge.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Collector_does_not_start_without_the_file_that_is_named()
    {
        var path = _directory.File("nowhere.json");

        var error = await FailedStartAsync(path);

        Assert.Contains($"The metric catalog '{path}' cannot be read", error, StringComparison.Ordinal);
        Assert.Contains("Set Collector:Measuring:CatalogPath", error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Members(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => property.Name is "Schema" ? "$schema" : JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Properties(JsonNode schema) =>
        schema["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Described(MetricCatalog catalog) => catalog.Metrics.Select(metric =>
        $"{metric.Name} {metric.Kind} {string.Join(',', metric.Aggregations)} " +
        string.Join(';', metric.Sources.Select(source => $"{source.Target.Name} {string.Join('+', source.Terms.Select(term => term.Select))}")));

    private void AssertWrong(Action<JsonNode> change, string expected)
    {
        var path = Write(change);

        var exception = Assert.Throws<MetricCatalogException>(() => MetricCatalog.Load(path));

        Assert.Contains(exception.Mistakes, mistake => mistake.Contains(expected, StringComparison.Ordinal));
        Assert.All(exception.Mistakes, mistake => Assert.Contains(path, mistake, StringComparison.Ordinal));
    }

    private string Write(Action<JsonNode> change)
    {
        var catalog = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "metrics.json")))!;
        change(catalog);
        var path = _directory.File("metrics.json");
        File.WriteAllText(path, catalog.ToJsonString(), Encoding.UTF8);
        return path;
    }

    private async Task<string> FailedStartAsync(string catalogPath)
    {
        using var error = new StringWriter();
        var exitCode = await CollectorApplication.RunAsync(
            ["--Collector:Measuring:CatalogPath", catalogPath, "--Collector:Storage:Path", _directory.File("store.duckdb"), .. RunningCollector.NoKafka],
            error: error);
        Assert.Equal(1, exitCode);
        return error.ToString();
    }
}
