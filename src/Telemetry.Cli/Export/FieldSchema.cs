using System.Text.Json.Nodes;
using Telemetry.Cli.Catalog;

namespace Telemetry.Cli.Export;

/// <summary>The schema of the data: an event's, or that of a payload within it.</summary>
internal static class FieldSchema
{
    public static JsonObject Object(string type, IReadOnlyList<FieldDescription> fields, XmlDocumentation documentation) => new()
    {
        ["type"] = "object",
        ["required"] = JsonFile.Array(fields.Where(field => !field.Type.Optional).Select(field => field.Name)),
        ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create<string, JsonNode?>(
            field.Name, Field(type, field, documentation)))),
        ["additionalProperties"] = false,
    };

    private static JsonObject Field(string type, FieldDescription field, XmlDocumentation documentation)
    {
        var schema = Type(field.Type, documentation);
        if (documentation.OfMember(type, field.Member) is { } text)
            schema["description"] = text;
        return schema;
    }

    private static JsonObject Type(TypeDescription type, XmlDocumentation documentation) => type.Kind switch
    {
        "string" => Named("string"),
        "boolean" => Named("boolean"),
        "integer" => Integer(long.MinValue, long.MaxValue),
        "unsigned_long" => Integer(ulong.MinValue, ulong.MaxValue),
        "number" or "time_span" => Named("number"),
        "guid" => Formatted("uuid"),
        "date_time_offset" or "date_time" => Formatted("date-time"),
        "uri" => Formatted("uri-reference"),
        "enum" => new JsonObject { ["type"] = "string", ["enum"] = JsonFile.Array(type.Values!) },
        // Any JSON value.
        "json" => [],
        "payload" => Payload(type, documentation),
        "list" => new JsonObject { ["type"] = "array", ["items"] = Element(type.Element!, documentation) },
        _ => throw new NotSupportedException($"The field type '{type.Kind}' is not known to this version of the tool. Update it."),
    };

    private static JsonObject Payload(TypeDescription type, XmlDocumentation documentation)
    {
        var schema = Object(type.Payload!, type.Fields!, documentation);
        if (documentation.OfType(type.Payload!) is { } text)
            schema["description"] = text;
        return schema;
    }

    // A null field is left out, but a null element keeps its place.
    private static JsonObject Element(TypeDescription type, XmlDocumentation documentation)
    {
        var schema = Type(type, documentation);
        return type.Optional ? new JsonObject { ["anyOf"] = new JsonArray(schema, Named("null")) } : schema;
    }

    private static JsonObject Named(string type) => new() { ["type"] = type };

    private static JsonObject Formatted(string format) => new() { ["type"] = "string", ["format"] = format };

    private static JsonObject Integer(JsonNode minimum, JsonNode maximum) =>
        new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };
}
