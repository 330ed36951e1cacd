using System.Diagnostics.CodeAnalysis;
using Telemetry.Cli.Catalog;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>Makes the tables' columns of the catalog that the source generator left in assemblies. No code of theirs runs.</summary>
internal static class TopicSchemas
{
    // Names that the Collector's own tables in the same database have, or may get.
    private static readonly HashSet<string> Reserved = 
    [
        "dead_letter", "schema_version", "runs", "run_events", "run_revisions", "arrived_sequences", "producer_reports",
    ];

    /// <summary>The schemas of the built-in topics asked for and of every topic in a service's own assemblies.</summary>
    /// <param name="options">Which topics, and which assemblies.</param>
    /// <param name="schemas">One a topic, by name.</param>
    /// <param name="error">A sentence that names what is wrong and the fix.</param>
    public static bool TryCreate(
        DirectTopicsOptions options, [NotNullWhen(true)] out IReadOnlyList<TopicSchema>? schemas, [NotNullWhen(false)] out string? error)
    {
        schemas = null;
        if (!TryReadEvents(options, out var events, out error))
            return false;
        var topics = new List<TopicSchema>();
        foreach (var topic in events.GroupBy(description => description.Topic).OrderBy(topic => topic.Key, StringComparer.Ordinal))
        {
            if (Reserved.Contains(topic.Key))
            {
                error = $"The topic {topic.Key} has the name of a table of the Collector's own. Give it another name, or leave it out.";
                return false;
            }

            if (!TryCombine([.. topic], out var columns, out error))
                return false;
            topics.Add(new TopicSchema(topic.Key, topic.All(description => description.Delivery == "audit"), columns));
        }

        schemas = topics;
        return true;
    }

    /// <summary>The topic of each event type that becomes a row.</summary>
    /// <param name="options">Which topics, and which assemblies.</param>
    /// <param name="topics">By event type.</param>
    /// <param name="error">A sentence that names what is wrong and the fix.</param>
    public static bool TryReadTopics(
        DirectTopicsOptions options, [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? topics, [NotNullWhen(false)] out string? error)
    {
        topics = TryReadEvents(options, out var events, out error) ? events.ToDictionary(description => description.Name, description => description.Topic) : null;
        return error is null;
    }

    private static bool TryReadEvents(DirectTopicsOptions options, out List<EventDescription> events, [NotNullWhen(false)] out string? error)
    {
        events = [];
        if (!CatalogReader.TryRead(Path.Combine(AppContext.BaseDirectory, "Telemetry.Events.dll"), out var builtIn, out error))
            return false;
        var asked = options.Topics.ToHashSet(StringComparer.Ordinal);
        events.AddRange(builtIn.Events.Where(description => asked.Contains(description.Topic)));
        foreach (var assembly in options.Assemblies)
        {
            if (!CatalogReader.TryRead(assembly, out var own, out error))
                return false;
            events.AddRange(own.Events);
        }

        var known = events.Select(description => description.Topic).ToHashSet();
        error = asked.FirstOrDefault(topic => !known.Contains(topic)) is { } unknown
            ? $"{DirectTopicsOptions.SectionName}:Topics has '{unknown}', and no event of the catalog goes there. Correct it, or name the " +
              $"assembly that declares its events in {DirectTopicsOptions.SectionName}:Assemblies."
            : null;
        return error is null;
    }

    private static bool TryCombine(
        List<EventDescription> events, [NotNullWhen(true)] out IReadOnlyList<PayloadColumn>? columns, [NotNullWhen(false)] out string? error)
    {
        columns = null;
        error = null;
        var combined = new List<PayloadColumn>();
        foreach (var field in events.SelectMany(description => description.Fields).DistinctBy(field => field.Name))
        {
            var uses = events.Select(description => (Event: description, Field: description.Fields.FirstOrDefault(other => other.Name == field.Name)))
                .Where(use => use.Field is not null).ToList();
            var type = ColumnType.Of(field);
            if (uses.FirstOrDefault(use => ColumnType.Of(use.Field!).ClickHouse != type.ClickHouse) is { Event: { } other })
            {
                error = $"The field {field.Name} is {field.Type.Signature} in {uses[0].Event.Name} and something else in {other.Name}, but both " +
                    $"go to the topic {other.Topic}, whose table has one column for it. Name one of them otherwise.";
                return false;
            }

            var name = EnvelopeColumns.IsTaken(field.Name) ? $"data_{field.Name}" : field.Name;
            combined.Add(new PayloadColumn(name, field.Name, type, [.. uses.Where(use => !use.Field!.Type.Optional).Select(use => use.Event.Name)]));
        }

        columns = combined;
        return true;
    }
}
