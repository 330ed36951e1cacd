using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Hosting;

/// <summary>The resources with the topics of their events, as the catalog has them. Read once.</summary>
internal sealed class QuotaResources
{
    private static readonly string[] Needed = ["user_id", "credits"];

    /// <exception cref="StartupException">An event is in no direct topic, or is no usage; the message says which and what helps.</exception>
    public QuotaResources(IOptions<QuotaOptions> options, IOptions<DirectTopicsOptions> direct, DirectTopicSchemas schemas)
    {
        if (!TopicSchemas.TryReadTopics(direct.Value, out var topics, out var error))
            throw new StartupException(error);
        All =
        [
            .. options.Value.Resources.OrderBy(resource => resource.Key, StringComparer.Ordinal).Select(resource => new QuotaResource(
                resource.Key,
                [.. resource.Value.Events.Select(type => new UsageEventType(
                    type,
                    topics.TryGetValue(type, out var topic) ? topic : throw Unknown(resource.Key, type)))])),
        ];
        Schemas = [.. All.SelectMany(resource => resource.Events).Select(usage => usage.Topic).Distinct().Select(topic => schemas.Find(topic)!)];
        foreach (var schema in Schemas)
        {
            if (Array.Find(Needed, field => !schema.Has(field)) is { } missing)
            {
                throw new StartupException(
                    $"{QuotaOptions.SectionName}:Resources has events of the topic {schema.Topic}, whose payloads have no {missing}: nobody could be charged for them. " +
                    "Take them out, or add the field to the events.");
            }
        }
    }

    public IReadOnlyList<QuotaResource> All { get; }

    /// <summary>The tables of their topics.</summary>
    public IReadOnlyList<TopicSchema> Schemas { get; }

    private static StartupException Unknown(string resource, string type) => new(
        $"{QuotaOptions.SectionName}:Resources:{resource}:Events has '{type}', and no direct topic has such an event. Correct it, or name its topic in " +
        $"{DirectTopicsOptions.SectionName}:Topics or the assembly that declares it in {DirectTopicsOptions.SectionName}:Assemblies.");
}
