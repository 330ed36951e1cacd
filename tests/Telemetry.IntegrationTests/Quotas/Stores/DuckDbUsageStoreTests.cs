using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Embedded;
using Telemetry.Collector.DirectTopics.Stores;
using Telemetry.Collector.Quotas.Usage;
using Telemetry.Collector.Quotas.Usage.Stores;
using Telemetry.Collector.Storage.DuckDb;
using Telemetry.Events;
using Telemetry.Events.Kafka;

namespace Telemetry.IntegrationTests.Quotas.Stores;

/// <summary>The contract over the tables that the Collector fills itself.</summary>
[Trait("Category", "Integration")]
public sealed class DuckDbUsageStoreTests : UsageStoreContract, IDisposable
{
    private readonly DirectTopicSchemas _schemas;
    private readonly DuckDbDirectTopics _topics;

    public DuckDbUsageStoreTests()
    {
        var options = Options.Create(new DirectTopicsOptions { Path = DuckDbDatabase.InMemory, Topics = { "wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu" } });
        _schemas = new DirectTopicSchemas(options);
        _topics = new DuckDbDirectTopics(options, _schemas);
        Store = new DuckDbUsageStore(_topics, _schemas);
    }

    private protected override IUsageStore Store { get; }

    public void Dispose() => _topics.Dispose();

    private protected override async Task WriteAsync(IReadOnlyList<StoredCharge> charges)
    {
        foreach (var topic in charges.GroupBy(charge => charge.Topic))
        {
            var schema = _schemas.Find(topic.Key)!;
            await _topics.WriteAsync(schema, [.. topic.Select(charge => new DirectRow(
                Event(charge), DateTimeOffset.FromUnixTimeMilliseconds(charge.Time).UtcDateTime, 0,
                [.. schema.Columns.Select(column => column.Field switch
                {
                    "user_id" => charge.User,
                    "task_id" => charge.Task,
                    "credits" => (object?)charge.Credits,
                    _ => null,
                })]))], [], default);
        }
    }

    private static ConsumedEvent Event(StoredCharge charge)
    {
        var json = new System.Text.Json.Nodes.JsonObject
        {
            ["specversion"] = "1.0", ["id"] = charge.Id, ["source"] = "/test", ["type"] = charge.Type, ["time"] = "2026-01-01T00:00:00Z",
            ["tenantid"] = charge.Tenant, ["data"] = new System.Text.Json.Nodes.JsonObject(),
        };
        var value = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        Assert.True(EventEnvelopeReader.TryRead(value, out var envelope, out var reason), reason);
        return new ConsumedEvent { Topic = charge.Topic, Partition = charge.Partition, Offset = charge.Offset, Value = value, Envelope = envelope };
    }
}
