using System.Diagnostics;
using System.Text.Json.Serialization;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Telemetry.Events;

namespace Telemetry.Benchmarks.Paths;

/// <summary>CloudNative.CloudEvents' JSON formatter: encodes an event of the same attributes, built beforehand. No queue.</summary>
internal sealed class CloudEventsPath : IPublishPath
{
    private readonly JsonEventFormatter _formatter = new();
    private readonly CloudEvent _event;
    private long _arrived;

    public CloudEventsPath()
    {
        _event = new CloudEvent
        {
            Id = Guid.CreateVersion7().ToString(),
            Source = new Uri("/" + Sample.ServiceName, UriKind.Relative),
            Type = "xumi.task.run.start",
            Time = DateTimeOffset.UtcNow,
            Subject = Sample.TaskId,
            DataContentType = "application/json",
            Data = new Payload(Sample.TaskId, Sample.UserId, Sample.Model, Sample.Node),
        };
        foreach (var (name, value) in Sample.ContextAttributes)
            _event[name] = value;
        _event[EnvelopeAttributes.PartitionKey] = Sample.TaskId;
        _event[EnvelopeAttributes.Producer] = Guid.CreateVersion7().ToString();
        _event[EnvelopeAttributes.Sequence] = "00000000000000004711";
        _event[EnvelopeAttributes.TraceParent] = Activity.Current?.Id;
    }

    public string Name => "CloudNative.CloudEvents JSON formatter, encode only";

    public long Arrived => Interlocked.Read(ref _arrived);

    public void Call()
    {
        if (!_formatter.EncodeStructuredModeMessage(_event, out _).IsEmpty)
            Interlocked.Increment(ref _arrived);
    }

    public void Drain(long expected)
    {
        // Nothing is ever under way.
    }

    public void Dispose()
    {
        // Holds nothing.
    }

    private sealed record Payload(
        [property: JsonPropertyName("task_id")] string TaskId,
        [property: JsonPropertyName("user_id")] string UserId,
        [property: JsonPropertyName("model")] string Model,
        [property: JsonPropertyName("node")] string Node);
}
