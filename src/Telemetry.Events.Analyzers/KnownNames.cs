namespace Telemetry.Events.Analyzers;

/// <summary>Metadata names of what Telemetry.Events declares. Analyzers reference no product assembly.</summary>
internal static class KnownNames
{
    public const string Assembly = "Telemetry.Events";
    public const string TelemetryEvent = "Telemetry.Events.TelemetryEventAttribute";
    public const string EventPayload = "Telemetry.Events.EventPayloadAttribute";
    public const string EventSubject = "Telemetry.Events.EventSubjectAttribute";
    public const string EventPartitionKey = "Telemetry.Events.EventPartitionKeyAttribute";
    public const string EventField = "Telemetry.Events.EventFieldAttribute";
    public const string EventIgnore = "Telemetry.Events.EventIgnoreAttribute";
    public const string TelemetryTopic = "Telemetry.Events.TelemetryTopicAttribute";
    public const string EventName = "Telemetry.Events.EventName";
    public const string EventDescriptor = "Telemetry.Events.EventDescriptor";
    public const string Publisher = "Telemetry.Events.IEventPublisher";
    public const string PublisherExtensions = "Telemetry.Events.EventPublisherExtensions";

    /// <summary>The delivery class whose refusals must not be overlooked, by its enum member.</summary>
    public const string AuditDelivery = "Audit";
}
