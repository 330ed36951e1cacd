using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Checks that the topics exist.</summary>
internal static class PreflightTopics
{
    public static async IAsyncEnumerable<PreflightFinding> CheckAsync(
        PreflightClient client, bool reached, PreflightRequest request, IDictionary<string, string> names)
    {
        if (!reached)
        {
            foreach (var topic in request.Topics)
                yield return new(PreflightStatus.NotChecked, CheckOf(topic), "No broker was reached.");
            yield break;
        }

        if (request.Topics.Count == 0)
            yield break;
        var described = (await client.DescribeAsync(request.Topics.Select(names.NameOf).Distinct()).ConfigureAwait(false))
            .ToDictionary(topic => topic.Name, StringComparer.Ordinal);
        foreach (var topic in request.Topics)
            yield return Finding(topic, names.NameOf(topic), described);
    }

    /// <summary>The broker's name of a topic.</summary>
    public static string NameOf(this IDictionary<string, string> names, string topic) => names.TryGetValue(topic, out var name) ? name : topic;

    private static string CheckOf(string topic) => $"topic {topic}";

    private static PreflightFinding Finding(string topic, string name, Dictionary<string, TopicDescription> described)
    {
        var shown = name == topic ? "It" : $"'{name}'";
        if (!described.TryGetValue(name, out var description))
            return new(PreflightStatus.NotChecked, CheckOf(topic), "The broker has not described it.");
        return description.Error.Code switch
        {
            ErrorCode.NoError => new(PreflightStatus.Ok, CheckOf(topic), $"{shown} has {description.Partitions.Count} partitions."),
            ErrorCode.UnknownTopicOrPart => new(
                PreflightStatus.Failed, CheckOf(topic), $"{shown} does not exist.",
                "Create it, or give the name that the brokers have for it in TopicNames."),
            ErrorCode.TopicAuthorizationFailed => new(
                PreflightStatus.Failed, CheckOf(topic), $"{shown} may not be seen by this user.", "Grant the user Describe and Write on the topic."),
            _ => new(
                PreflightStatus.Failed, CheckOf(topic), $"{shown} cannot be described: {description.Error.Reason}.",
                "Look into the brokers' logs for this topic."),
        };
    }
}
