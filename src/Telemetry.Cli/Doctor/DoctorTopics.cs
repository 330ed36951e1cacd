using System.Diagnostics.CodeAnalysis;
using Telemetry.Cli.Catalog;
using Telemetry.Events;

namespace Telemetry.Cli.Doctor;

/// <summary>Which topics to look at.</summary>
internal static class DoctorTopics
{
    /// <summary>Those named; their delivery class is not known, so that the routes of all classes count.</summary>
    public static bool TryName(
        IReadOnlyList<string> names, [NotNullWhen(true)] out IReadOnlyList<CheckedTopic>? topics, [NotNullWhen(false)] out string? error)
    {
        topics = null;
        var all = names.SelectMany(name => name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).ToList();
        error = all.Find(name => !TopicRules.IsTopic(name)) is { } wrong
            ? $"'{wrong}' is not a topic: Kafka takes 1 to {TopicRules.MaxLength} of a-z, A-Z, 0-9, '.', '_' and '-'."
            : null;
        if (error is not null)
            return false;
        topics = [.. all.Select(name => new CheckedTopic(name, Enum.GetValues<DeliveryClass>()))];
        return true;
    }

    /// <summary>Those of the events that an assembly declares.</summary>
    public static bool TryRead(
        string assembly, [NotNullWhen(true)] out IReadOnlyList<CheckedTopic>? topics, [NotNullWhen(false)] out string? error)
    {
        topics = null;
        if (!CatalogReader.TryRead(assembly, out var catalog, out error))
            return false;
        topics =
        [
            .. catalog.Events.GroupBy(description => description.Topic, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal)
                .Select(topic => new CheckedTopic(
                    topic.Key, [.. topic.Select(description => Enum.Parse<DeliveryClass>(description.Delivery, ignoreCase: true)).Distinct()])),
        ];
        return true;
    }
}
