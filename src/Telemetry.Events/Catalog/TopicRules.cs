namespace Telemetry.Events;

/// <summary>
/// What Kafka takes as a topic. The analyzer compiles this same file; it therefore uses nothing that netstandard2.0 lacks.
/// </summary>
internal static class TopicRules
{
    public const int MaxLength = 249;

    public static bool IsTopic(string? topic)
    {
        if (topic is null or "" or "." or ".." || topic.Length > MaxLength)
            return false;
        foreach (var c in topic)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-'))
                return false;
        }

        return true;
    }
}
