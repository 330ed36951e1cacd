using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;

namespace Telemetry.Collector.Tests.DirectTopics;

/// <summary>The cluster's form of the statements. No cluster runs here: what is checked is that nothing is made on one server alone.</summary>
public sealed class ClusterSqlTests
{
    private static readonly string Script = Statements("main");

    [Fact]
    public void Every_object_is_made_on_the_cluster()
    {
        var made = Script.Split('\n').Where(line => line.StartsWith("CREATE ", StringComparison.Ordinal) || line.StartsWith("DROP ", StringComparison.Ordinal)).ToList();

        Assert.True(made.Count > 8);
        Assert.All(made, line => Assert.Contains(" ON CLUSTER `main`", line));
    }

    [Fact]
    public void Every_table_with_rows_is_replicated_and_an_event_is_shown_once_over_all_shards()
    {
        var engines = Script.Split('\n').Where(line => line.Contains("MergeTree", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, engines.Count);
        Assert.All(engines, line => Assert.Contains("ENGINE = ReplicatedReplacingMergeTree", line));
        Assert.Contains("FROM cluster('main', `telemetry`.`wkf_cpu`)\nLIMIT 1 BY id", Script);
    }

    [Fact]
    public void Without_a_cluster_nothing_of_it_is_there()
    {
        var script = Statements(cluster: null);

        Assert.DoesNotContain("CLUSTER", script);
        Assert.DoesNotContain("Replicated", script);
    }

    private static string Statements(string? cluster)
    {
        var options = new DirectTopicsOptions { Topics = { "wkf_cpu" } };
        Assert.True(TopicSchemas.TryCreate(options, out var schemas, out var error), error);
        return string.Concat(SchemaManager.Script(schemas, options, "telemetry", cluster).Values);
    }
}
