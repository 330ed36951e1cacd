using System.Text.Json.Nodes;
using Telemetry.Cli.Catalog;
using Telemetry.Events;

namespace Telemetry.Cli.Export;

/// <summary>The JSON Schema of one event: what a producer must write. A consumer is to be more tolerant.</summary>
internal static class EventSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    public static JsonObject Of(EventDescription description, XmlDocumentation documentation)
    {
        var schema = new JsonObject { ["$schema"] = Dialect, ["title"] = description.Name };
        schema.AddText("description", documentation.OfType(description.Type));
        schema["type"] = "object";
        schema["required"] = JsonFile.Array(Required(description));
        schema["properties"] = EnvelopeSchema.Properties(description, Data(description, documentation));
        schema["dependentRequired"] = new JsonObject
        {
            [EnvelopeAttributes.Producer] = JsonFile.Array([EnvelopeAttributes.Sequence]),
            [EnvelopeAttributes.Sequence] = JsonFile.Array([EnvelopeAttributes.Producer]),
            [EnvelopeAttributes.TraceState] = JsonFile.Array([EnvelopeAttributes.TraceParent]),
        };
        // CloudEvents extensions of the service's own; names and types as CloudEvents 1.0 allows them.
        schema["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z0-9]+$" };
        schema["additionalProperties"] = new JsonObject { ["type"] = JsonFile.Array(["string", "integer", "boolean"]) };
        return schema;
    }

    private static IEnumerable<string> Required(EventDescription description)
    {
        yield return EnvelopeAttributes.SpecVersion;
        yield return EnvelopeAttributes.Id;
        yield return EnvelopeAttributes.Source;
        yield return EnvelopeAttributes.Type;
        yield return EnvelopeAttributes.Time;
        yield return EnvelopeAttributes.DataContentType;
        if (description.Subject is { Optional: false })
            yield return EnvelopeAttributes.Subject;
        if (description.KeyOrSubject is { Optional: false })
            yield return EnvelopeAttributes.PartitionKey;
        yield return EnvelopeAttributes.Data;
    }

    private static JsonObject Data(EventDescription description, XmlDocumentation documentation)
    {
        var data = FieldSchema.Object(description.Type, description.Fields, documentation);
        // What becomes an attribute is not empty: CloudEvents has no empty attribute, and the event would go without its key.
        foreach (var field in new[] { description.Subject, description.KeyOrSubject }
                     .Where(marked => marked is { Optional: false, Field: not null }).Select(marked => marked!.Field!).Distinct())
        {
            var property = data["properties"]![field]!.AsObject();
            if ((string?)property["type"] == "string" && (string?)property["format"] != "uuid")
                property["minLength"] = 1;
        }

        return data;
    }
}
