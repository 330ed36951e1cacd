using Telemetry.RestProxy.Conformance.Storage;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>A topic as v2 and the bridge show it.</summary>
internal static class TopicsReply
{
    public static object Topic(TopicDescription topic) => new
    {
        name = topic.Name,
        configs = new Dictionary<string, string>(),
        partitions = topic.Partitions.Select(partition => new
        {
            partition = partition.Id,
            leader = partition.Leader,
            replicas = partition.Replicas.Select(broker => new
            {
                broker,
                leader = broker == partition.Leader,
                in_sync = partition.InSync.Contains(broker),
            }),
        }),
    };
}
