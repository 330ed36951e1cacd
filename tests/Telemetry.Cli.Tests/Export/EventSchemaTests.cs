using System.Text.Json.Nodes;
using Telemetry.Cli.Export;

namespace Telemetry.Cli.Tests.Export;

public class EventSchemaTests
{
    private static readonly JsonObject Everything = Schema("samples.everything.happen");
    private static readonly JsonObject Fields = Everything["properties"]!["data"]!["properties"]!.AsObject();

    [Theory]
    [InlineData("order_id", """{"type":"string","format":"uuid","description":"The order."}""")]
    [InlineData("flag", """{"type":"boolean"}""")]
    [InlineData("number", """{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807,"description":"A number."}""")]
    [InlineData("huge", """{"type":"integer","minimum":0,"maximum":18446744073709551615}""")]
    [InlineData("amount", """{"type":"number"}""")]
    [InlineData("at", """{"type":"string","format":"date-time"}""")]
    [InlineData("since", """{"type":"string","format":"date-time"}""")]
    [InlineData("took", """{"type":"number"}""")]
    [InlineData("link", """{"type":"string","format":"uri-reference"}""")]
    [InlineData("colour", """{"type":"string","enum":["dark_red","bleu"]}""")]
    [InlineData("anything", "{}")]
    [InlineData("words", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("other", """{"type":"string","enum":["dark_red","bleu"]}""")]
    [InlineData("note", """{"type":"string","description":"A property that is not positional."}""")]
    public void A_field_has_the_schema_of_its_type(string field, string expected) =>
        IsJson(expected, Fields[field]);

    [Fact]
    public void A_list_of_payloads_that_may_be_null_allows_both()
    {
        var items = Fields["parts"]!["items"]!["anyOf"]!.AsArray();

        IsJson("""{"type":"object","required":["name"],"properties":{"name":{"type":"string","description":"Its name."},"weight":{"type":"number"}},"additionalProperties":false,"description":"A part, with a `weight`."}""", items[0]);
        IsJson("""{"type":"null"}""", items[1]);
    }

    [Fact]
    public void A_field_that_may_be_null_is_not_required()
    {
        var required = Everything["properties"]!["data"]!["required"]!.AsArray().Select(name => (string)name!).ToHashSet();

        Assert.Equal(["no_part", "note", "other"], Fields.Select(field => field.Key).Where(name => !required.Contains(name)).Order());
    }

    [Fact]
    public void The_subject_is_required_where_its_member_is_and_a_key_that_may_be_null_is_not()
    {
        Assert.Contains("subject", Names(Everything["required"]));
        Assert.DoesNotContain("partitionkey", Names(Everything["required"]));
        Assert.DoesNotContain("subject", Names(Schema("samples.bare.happen")["required"]));
    }

    [Fact]
    public void A_required_name_is_a_property_in_every_schema_of_the_catalog()
    {
        foreach (var (path, text) in CatalogExport.Of(TestAssemblies.Read(TestAssemblies.Sdk)).Where(file => file.Key.StartsWith("schemas/", StringComparison.Ordinal)))
            RequiredAreProperties(JsonNode.Parse(text)!.AsObject(), path);
    }

    private static void IsJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private static void RequiredAreProperties(JsonObject schema, string path)
    {
        if (schema["required"] is JsonArray required)
            Assert.Subset(schema["properties"]!.AsObject().Select(property => property.Key).ToHashSet(), Names(required));
        foreach (var (name, child) in schema["properties"]?.AsObject() ?? [])
            RequiredAreProperties(child!.AsObject(), path + "/" + name);
        if (schema["items"] is JsonObject items)
            RequiredAreProperties(items, path + "/items");
    }

    private static HashSet<string> Names(JsonNode? array) => [.. array!.AsArray().Select(name => (string)name!)];

    private static JsonObject Schema(string name)
    {
        var catalog = TestAssemblies.Read(TestAssemblies.Samples);
        return EventSchema.Of(catalog.Events.Single(description => description.Name == name), catalog.Documentation);
    }
}
