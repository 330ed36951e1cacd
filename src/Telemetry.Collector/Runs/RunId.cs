using System.Security.Cryptography;
using System.Text;

namespace Telemetry.Collector.Runs;

/// <summary>A run's identity, safe in a URL whatever a producer sent.</summary>
public static class RunId
{
    /// <summary>The same for the same arguments, in every process and version.</summary>
    /// <param name="kind">The run's kind.</param>
    /// <param name="taskId">Its task; attempts share it.</param>
    /// <param name="eventId">Of its start event; of its finish event as long as there is no start.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public static string For(RunKind kind, string taskId, string eventId)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskId);
        ArgumentException.ThrowIfNullOrEmpty(eventId);
        // No name of a kind has the separator, and the length keeps what a task id may hold apart from the event id.
        var text = $"{RunKindNames.Of(kind)}\n{taskId.Length}\n{taskId}\n{eventId}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
