using System.Diagnostics.CodeAnalysis;
using Telemetry.Collector.Runs;
using Telemetry.Events;

namespace Telemetry.Collector.Ingestion;

/// <summary>From an event to what it says of a run, or to the sentence why it says nothing. Pure.</summary>
internal static class RunEventDecoder
{
    private const int MaxTaskIdLength = 512;

    // The outcome is what a type says by itself; data.outcome, where there is one, says it in the sender's own word.
    private static readonly Dictionary<string, (RunKind Kind, RunBoundary Boundary, string? Outcome)> Types = new(StringComparer.Ordinal)
    {
        ["xumi.weights.load.start"] = (RunKind.Load, RunBoundary.Start, null),
        ["xumi.weights.load.finish"] = (RunKind.Load, RunBoundary.Finish, null),
        ["xumi.task.run.start"] = (RunKind.Task, RunBoundary.Start, null),
        ["xumi.task.run.finish"] = (RunKind.Task, RunBoundary.Finish, null),
        ["mcp.task.start"] = (RunKind.McpTask, RunBoundary.Start, null),
        ["mcp.task.complete"] = (RunKind.McpTask, RunBoundary.Finish, "succeeded"),
        ["mcp.task.fail"] = (RunKind.McpTask, RunBoundary.Finish, "failed"),
        // Senders older than the naming rule.
        ["TaskStarted"] = (RunKind.McpTask, RunBoundary.Start, null),
        ["TaskCompleted"] = (RunKind.McpTask, RunBoundary.Finish, "succeeded"),
        ["TaskFailed"] = (RunKind.McpTask, RunBoundary.Finish, "failed"),
    };

    public static bool TryDecode(
        EventEnvelope envelope, [NotNullWhen(true)] out RunEvent? runEvent, [NotNullWhen(false)] out string? reason)
    {
        runEvent = null;
        reason = null;
        if (!Types.TryGetValue(envelope.Type, out var type))
        {
            reason = $"The event type '{Shorten(envelope.Type)}' starts or finishes no run; known are {string.Join(", ", Types.Keys)}.";
            return false;
        }

        if (envelope.Time is not { } time)
        {
            reason = "The attribute time is missing; without it the run has no boundary. Send it as RFC 3339, such as 2026-01-31T12:00:00Z.";
            return false;
        }

        var taskId = envelope.GetDataString("task_id");
        if (string.IsNullOrEmpty(taskId) || taskId.Length > MaxTaskIdLength)
        {
            reason = string.IsNullOrEmpty(taskId)
                ? "data.task_id is missing or no string; it names the run."
                : $"data.task_id has {taskId.Length} characters; {MaxTaskIdLength} is the most.";
            return false;
        }

        runEvent = new RunEvent
        {
            EventId = envelope.Id,
            Kind = type.Kind,
            Boundary = type.Boundary,
            TaskId = taskId,
            Time = time,
            UserId = envelope.GetDataString("user_id"),
            Model = envelope.GetDataString("model"),
            // A sender that leaves its node out still stamps the machine it runs on.
            Node = NullIfEmpty(envelope.GetDataString("node")) ?? NullIfEmpty(envelope.GetAttribute(EnvelopeAttributes.HostName)),
            TenantId = envelope.GetAttribute(EnvelopeAttributes.TenantId),
            VmType = envelope.GetAttribute(EnvelopeAttributes.VmType),
            Outcome = envelope.GetDataString("outcome") ?? type.Outcome,
            Error = envelope.GetDataString("error"),
        };
        return true;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
