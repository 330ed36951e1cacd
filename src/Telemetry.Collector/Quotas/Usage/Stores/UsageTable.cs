using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;

namespace Telemetry.Collector.Quotas.Usage.Stores;

/// <summary>One landing table of a query: the event types in it that are usage, and of which of the query's resources.</summary>
/// <param name="Schema">The table.</param>
/// <param name="Resources">For each resource that has events in it, by its place in the query, their types.</param>
internal sealed record UsageTable(TopicSchema Schema, IReadOnlyList<(int Resource, string[] Types)> Resources)
{
    /// <summary>All its types.</summary>
    public string[] Types => [.. Resources.SelectMany(resource => resource.Types).Distinct()];

    /// <summary>The tables of a query, each once.</summary>
    /// <exception cref="InvalidOperationException">A topic is not direct; the start-up check of the resources has let it through.</exception>
    public static IReadOnlyList<UsageTable> Of(UserUsageQuery query, DirectTopicSchemas schemas) =>
    [
        .. query.Resources.SelectMany((slots, place) => slots.Resource.Events.Select(usage => (usage.Topic, usage.Type, Resource: place)))
            .GroupBy(usage => usage.Topic)
            .Select(topic => new UsageTable(
                schemas.Find(topic.Key) ?? throw new InvalidOperationException($"{topic.Key} is no direct topic."),
                [.. topic.GroupBy(usage => usage.Resource).Select(resource => (resource.Key, resource.Select(usage => usage.Type).Distinct().ToArray()))])),
    ];

    /// <summary>A task of the query with the place of its resource in it.</summary>
    public static IReadOnlyList<(TaskSpan Task, int Resource)> Tasks(UserUsageQuery query)
    {
        var places = query.Resources.Select((slots, place) => (slots.Resource.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place);
        return [.. query.Tasks.Where(task => places.ContainsKey(task.Resource)).Select(task => (task, places[task.Resource]))];
    }
}
