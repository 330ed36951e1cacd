using System.Text.Json;
using Telemetry.Events;

[assembly: TelemetryTopic("own_everything")]

namespace Telemetry.IntegrationTests.DirectTopics;

public enum Colour
{
    DarkRed,
    Blue,
}

[EventPayload]
public sealed partial record Part(string Name, double? Weight);

/// <summary>An event of a service's own, with a field of each type that a column can have.</summary>
[TelemetryEvent("integration.everything.happen", Topic = "own_everything", Delivery = DeliveryClass.Usage)]
public sealed partial record Everything(
    [EventSubject] Guid OrderId,
    string UserId,
    bool Flag,
    long Number,
    ulong Huge,
    double Amount,
    DateTimeOffset At,
    TimeSpan Took,
    Uri Link,
    Colour Colour,
    JsonElement Anything,
    Part Part,
    IReadOnlyList<string> Words,
    string? Absent = null,
    // The name of an attribute.
    string? Source = null);
