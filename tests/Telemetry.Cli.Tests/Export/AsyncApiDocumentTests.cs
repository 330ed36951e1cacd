using System.Text.Json.Nodes;
using Telemetry.Cli.Export;

namespace Telemetry.Cli.Tests.Export;

public class AsyncApiDocumentTests
{
    private static readonly IReadOnlyDictionary<string, string> Files = CatalogExport.Of(TestAssemblies.Read(TestAssemblies.Sdk));
    private static readonly JsonObject Document = JsonNode.Parse(Files["asyncapi.json"])!.AsObject();

    [Fact]
    public void Every_reference_leads_to_something()
    {
        var references = References(Document).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(
            reference.StartsWith("#/", StringComparison.Ordinal) ? Target(reference) is not null : Files.ContainsKey(reference),
            $"{reference} leads nowhere."));
    }

    [Fact]
    public void Every_topic_is_a_channel_with_its_messages_and_an_operation_that_sends_them()
    {
        var topics = TestAssemblies.Read(TestAssemblies.Sdk).Events.GroupBy(description => description.Topic).ToList();

        Assert.Equal(topics.Count, Document["channels"]!.AsObject().Count);
        Assert.Equal(topics.Count, Document["operations"]!.AsObject().Count);
        Assert.All(topics, topic =>
        {
            var names = topic.Select(description => description.Name).ToList();
            var channel = Document["channels"]![topic.Key]!;
            Assert.Equal(topic.Key, (string)channel["address"]!);
            Assert.Equal(names, channel["messages"]!.AsObject().Select(message => message.Key));
            var send = Document["operations"]!["send_" + topic.Key]!;
            Assert.Equal("send", (string)send["action"]!);
            Assert.Equal(
                names.Select(name => $"#/channels/{topic.Key}/messages/{name}"),
                send["messages"]!.AsArray().Select(message => (string)message!["$ref"]!));
        });
    }

    [Fact]
    public void A_message_says_what_its_key_is() =>
        Assert.Equal(
            "The envelope's partitionkey: data.user_id.",
            (string)Document["components"]!["messages"]!["wkf.cpu.charge"]!["bindings"]!["kafka"]!["key"]!["description"]!);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member =>
            member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Target(string reference) =>
        reference[2..].Split('/').Aggregate((JsonNode?)Document, (node, name) => node?[name]);
}
