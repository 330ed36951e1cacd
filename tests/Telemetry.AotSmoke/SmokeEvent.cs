using Telemetry.Events;

namespace Telemetry.AotSmoke;

/// <summary>An event of the program's own, with a field of each kind that is formatted in its own way.</summary>
[TelemetryEvent("smoke.event.send", Topic = "smoke", Delivery = DeliveryClass.Usage)]
internal readonly partial record struct SmokeEvent(
    [EventSubject] Guid Id,
    [EventPartitionKey] long Number,
    string? Text,
    double Seconds,
    decimal Price,
    DateTimeOffset At,
    SmokeKind Kind,
    IReadOnlyList<string> Tags);
