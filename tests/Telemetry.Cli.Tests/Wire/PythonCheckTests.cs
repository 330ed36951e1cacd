using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Telemetry.Cli.Export;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Tests.Shared;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>The contract as a Python producer sees it: docs/wire/check.py and docs/wire-contract.md, the standard library alone.</summary>
[Trait("Category", "Integration")]
public partial class PythonCheckTests
{
    // Reads {"schema": …, "value": …} and prints what is wrong with the value.
    private const string Validate =
        "import json, sys, check; given = json.load(sys.stdin); " +
        "print(*(sentence for _, sentence in check.errors_of(given['value'], given['schema'])), sep='\\n', end='')";

    [Fact]
    public async Task All_vectors_are_as_the_schemas_say()
    {
        var (code, output) = await Python.RunAsync(["check.py"]);

        Assert.True(code == 0, output);
        Assert.EndsWith(" 0 failures\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documents_example_makes_a_correct_event()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "wire-contract.md"));
        var example = Assert.Single(PythonBlock().Matches(document)).Groups["code"].Value;
        Assert.InRange(example.Split('\n').Length, 5, 26);

        var (code, output) = await Python.RunAsync(["-"], example);

        Assert.True(code == 0, output);
        var event_ = JsonDocument.Parse(output).RootElement;
        await IsValidAsync(event_, await SchemaAsync(event_.GetProperty("type").GetString()!));
    }

    [Fact]
    public async Task The_documents_attributes_are_those_of_the_schemas()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "wire-contract.md"));
        var listed = AttributeRow().Matches(document).SelectMany(row => CodeSpan().Matches(row.Groups["names"].Value))
            .Select(name => name.Groups["name"].Value);

        var schema = await SchemaAsync("mcp.task.complete");
        Assert.Equal(schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(), listed.Order());
    }

    [Fact]
    public async Task What_the_publisher_writes_for_a_field_of_each_type_is_as_its_schema_says()
    {
        var part = new Part("wheel", 1.5);
        var everything = new Everything(
            Guid.NewGuid(), true, -1, ulong.MaxValue, decimal.MaxValue, DateTimeOffset.UtcNow, DateTime.UtcNow, TimeSpan.FromTicks(-1),
            new Uri("/relative", UriKind.Relative), Colour.Blue, JsonDocument.Parse("[null]").RootElement, part, [part, null], ["a", ""]);
        var catalog = TestAssemblies.Read(TestAssemblies.Samples);
        var schema = EventSchema.Of(catalog.Events.Single(description => description.Name == "samples.everything.happen"), catalog.Documentation);

        foreach (var sample in (Everything[])[everything, everything with { Flag = false, Other = Colour.DarkRed, NoPart = part, Note = "x" }])
        {
            var received = await VectorPublisher.PublishTypedAsync(sample, JsonDocument.Parse("""{"service":"s","context":{}}""").RootElement);
            await IsValidAsync(JsonDocument.Parse(received.Body).RootElement, JsonDocument.Parse(schema.ToJsonString()).RootElement);
        }
    }

    [Fact]
    public async Task What_the_publisher_writes_for_each_vector_is_as_its_schema_says()
    {
        foreach (var vector in WireFolder.Vectors("events.json"))
        {
            var received = await VectorPublisher.PublishAsync(vector.GetProperty("input"));
            await IsValidAsync(JsonDocument.Parse(received.Body).RootElement, await SchemaAsync(received.Envelope.Type));
        }
    }

    [Fact]
    public async Task An_event_with_an_empty_key_is_delivered_without_it_and_its_schema_says_what_is_wrong()
    {
        var charge = new WkfCpuCharge("", "task-1", 1.5m, 12.25, 4);

        var received = await VectorPublisher.PublishTypedAsync(charge, JsonDocument.Parse("""{"service":"s","context":{}}""").RootElement);

        Assert.Equal("task-1", received.Envelope.GetAttribute(EnvelopeAttributes.Subject));
        Assert.Null(received.Key);
        Assert.Null(received.Envelope.GetAttribute(EnvelopeAttributes.PartitionKey));
        var (_, output) = await ValidateAsync(JsonDocument.Parse(received.Body).RootElement, await SchemaAsync(received.Envelope.Type));
        Assert.Equal("$: 'partitionkey' is missing\n$.data.user_id: it has fewer than 1 characters", output.ReplaceLineEndings("\n"));
    }

    private static Task<(int Code, string Output)> ValidateAsync(JsonElement value, JsonElement schema) =>
        Python.RunAsync(["-c", Validate], $$"""{"schema":{{schema.GetRawText()}},"value":{{value.GetRawText()}}}""");

    private static async Task IsValidAsync(JsonElement value, JsonElement schema)
    {
        var (code, output) = await ValidateAsync(value, schema);
        Assert.True(code == 0 && output.Length == 0, output);
    }

    private static async Task<JsonElement> SchemaAsync(string name) => JsonDocument.Parse(
        await File.ReadAllTextAsync(Path.Combine(WireFolder.Path, "schemas", name + ".schema.json"), Encoding.UTF8)).RootElement;

    [GeneratedRegex("```python\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex PythonBlock();

    // The first column of the envelope's table: | `name`, `name` | yes | … |
    [GeneratedRegex(@"^\| (?<names>`[a-z]+`(, `[a-z]+`)*) \| (yes|no|\*) \|", RegexOptions.Multiline)]
    private static partial Regex AttributeRow();

    [GeneratedRegex("`(?<name>[a-z]+)`")]
    private static partial Regex CodeSpan();
}
