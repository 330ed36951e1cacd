using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Checks that the topics exist.</summary>
internal static class PreflightTopics
{
    /// <param name="topics">The catalog's names.</param>
    /// <param name="names">The brokers' names, where they differ.</param>
    /// <param name="metadata">What the brokers have; null where none was reached.</param>
    public static IEnumerable<PreflightFinding> Check(
        IEnumerable<string> topics, IDictionary<string, string> names, Metadata? metadata) => topics.Select(topic => metadata is null
        ? new PreflightFinding(PreflightStatus.NotChecked, CheckOf(topic), "No broker was reached.")
        : Finding(topic, names.NameOf(topic), metadata));

    /// <summary>The broker's name of a topic.</summary>
    public static string NameOf(this IDictionary<string, string> names, string topic) => names.TryGetValue(topic, out var name) ? name : topic;

    private static string CheckOf(string topic) => $"topic {topic}";

    private static PreflightFinding Finding(string topic, string name, Metadata metadata)
    {
        var shown = name == topic ? "It" : $"'{name}'";
        var found = metadata.Topics.Find(entry => entry.Topic == name);
        return (found?.Error.Code ?? ErrorCode.UnknownTopicOrPart) switch
        {
            ErrorCode.NoError => new(PreflightStatus.Ok, CheckOf(topic), $"{shown} has {found!.Partitions.Count} partitions."),
            ErrorCode.UnknownTopicOrPart or ErrorCode.TopicAuthorizationFailed => new(
                PreflightStatus.Failed,
                CheckOf(topic),
                $"{shown} does not exist, or this user may not see it.",
                "Create it, or give the brokers' name of it in TopicNames, or grant the user Describe and Write."),
            _ => new(
                PreflightStatus.Failed, CheckOf(topic), $"{shown} cannot be used: {found!.Error.Reason}.", "Look into the brokers' logs for this topic."),
        };
    }
}
