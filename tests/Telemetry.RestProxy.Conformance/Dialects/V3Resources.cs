using Telemetry.RestProxy.Conformance.Storage;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>Clusters and topics as api/v3/openapi.yaml has them (ClusterData, TopicData and their lists).</summary>
internal static class V3Resources
{
    public static object Clusters(string root, string cluster) => new
    {
        kind = "KafkaClusterList",
        metadata = new { self = root, next = (string?)null },
        data = new[] { Cluster(root, cluster) },
    };

    public static object Cluster(string root, string cluster) => new
    {
        kind = "KafkaCluster",
        metadata = new { self = $"{root}/{cluster}", resource_name = $"crn:///kafka={cluster}" },
        cluster_id = cluster,
        controller = Related($"{root}/{cluster}/brokers/1"),
        acls = Related($"{root}/{cluster}/acls"),
        brokers = Related($"{root}/{cluster}/brokers"),
        broker_configs = Related($"{root}/{cluster}/broker-configs"),
        consumer_groups = Related($"{root}/{cluster}/consumer-groups"),
        topics = Related($"{root}/{cluster}/topics"),
        partition_reassignments = Related($"{root}/{cluster}/topics/-/partitions/-/reassignment"),
    };

    public static object Topics(string root, string cluster, IReadOnlyList<TopicDescription> topics) => new
    {
        kind = "KafkaTopicList",
        metadata = new { self = $"{root}/{cluster}/topics", next = (string?)null },
        data = topics.Select(topic => Topic(root, cluster, topic)),
    };

    public static object Topic(string root, string cluster, TopicDescription topic)
    {
        var self = $"{root}/{cluster}/topics/{topic.Name}";
        return new
        {
            kind = "KafkaTopic",
            metadata = new { self, resource_name = $"crn:///kafka={cluster}/topic={topic.Name}" },
            cluster_id = cluster,
            topic_name = topic.Name,
            is_internal = false,
            replication_factor = topic.Partitions.Count == 0 ? 0 : topic.Partitions[0].Replicas.Count,
            partitions_count = topic.Partitions.Count,
            partitions = Related($"{self}/partitions"),
            configs = Related($"{self}/configs"),
            partition_reassignments = Related($"{self}/partitions/-/reassignment"),
            authorized_operations = Array.Empty<string>(),
        };
    }

    private static object Related(string address) => new { related = address };
}
