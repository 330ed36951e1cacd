using System.Text.Json.Nodes;
using Telemetry.Cli.Catalog;
using Telemetry.Events;

namespace Telemetry.Cli.Export;

/// <summary>The AsyncAPI 3.0.0 document: a channel a topic, and the operation that sends to it.</summary>
internal static class AsyncApiDocument
{
    private const string KafkaBindingVersion = "0.5.0";

    public static JsonObject Of(AssemblyCatalog catalog)
    {
        var topics = catalog.Events.GroupBy(description => description.Topic, StringComparer.Ordinal)
            .OrderBy(topic => topic.Key, StringComparer.Ordinal).ToList();
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = catalog.Assembly,
                ["version"] = catalog.Version,
                ["description"] = "Events as CloudEvents 1.0 in structured JSON. Exported by `telemetry catalog export`.",
            },
            ["defaultContentType"] = "application/cloudevents+json",
            ["channels"] = new JsonObject(topics.Select(topic => KeyValuePair.Create<string, JsonNode?>(topic.Key, Channel(topic)))),
            ["operations"] = new JsonObject(topics.Select(topic => KeyValuePair.Create<string, JsonNode?>("send_" + topic.Key, Send(topic)))),
            ["components"] = new JsonObject
            {
                ["messages"] = new JsonObject(catalog.Events.Select(
                    description => KeyValuePair.Create<string, JsonNode?>(description.Name, Message(description, catalog.Documentation)))),
            },
        };
    }

    private static JsonObject Channel(IGrouping<string, EventDescription> topic) => new()
    {
        ["address"] = topic.Key,
        ["messages"] = new JsonObject(topic.Select(description => KeyValuePair.Create<string, JsonNode?>(
            description.Name, Reference($"#/components/messages/{description.Name}")))),
        ["bindings"] = Kafka("topic", topic.Key),
    };

    private static JsonObject Send(IGrouping<string, EventDescription> topic) => new()
    {
        ["action"] = "send",
        ["channel"] = Reference($"#/channels/{topic.Key}"),
        ["messages"] = new JsonArray([.. topic.Select(description => Reference($"#/channels/{topic.Key}/messages/{description.Name}"))]),
    };

    private static JsonObject Message(EventDescription description, XmlDocumentation documentation)
    {
        var message = new JsonObject { ["name"] = description.Name };
        message.AddText("summary", documentation.OfType(description.Type));
        message["contentType"] = "application/cloudevents+json";
        message["headers"] = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("content-type"),
            ["properties"] = new JsonObject
            {
                ["content-type"] = new JsonObject { ["const"] = EnvelopeAttributes.ContentType },
            },
        };
        message["payload"] = new JsonObject
        {
            ["schemaFormat"] = "application/schema+json;version=draft-2020-12",
            ["schema"] = Reference(CatalogExport.SchemaPath(description)),
        };
        if (description.KeyOrSubject is { } key)
        {
            var says = key.Field is null ? $"The envelope's {EnvelopeAttributes.PartitionKey}." : $"The envelope's {EnvelopeAttributes.PartitionKey}: data.{key.Field}.";
            message["bindings"] = Kafka("key", new JsonObject { ["type"] = "string", ["description"] = says });
        }

        return message;
    }

    private static JsonObject Kafka(string name, JsonNode value) => new()
    {
        ["kafka"] = new JsonObject { [name] = value, ["bindingVersion"] = KafkaBindingVersion },
    };

    private static JsonObject Reference(string target) => new() { ["$ref"] = target };
}
