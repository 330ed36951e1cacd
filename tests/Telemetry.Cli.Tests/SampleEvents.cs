using System.Text.Json;
using Telemetry.Events;

[assembly: TelemetryTopic("samples")]

namespace Telemetry.Cli.Tests;

/// <summary>A colour.</summary>
public enum Colour
{
    DarkRed,
    [EventField("bleu")]
    Blue,
}

/// <summary>A part,
/// with a <c>weight</c>.</summary>
/// <param name="Name">Its name.</param>
[EventPayload]
public sealed partial record Part(string Name, double? Weight);

/// <summary>An event with a field of each type; see <see cref="Part"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">A
/// number.</param>
[TelemetryEvent("samples.everything.happen", Topic = "samples", Delivery = DeliveryClass.Usage)]
public sealed partial record Everything(
    [EventSubject] Guid OrderId,
    bool Flag,
    int Number,
    ulong Huge,
    decimal Amount,
    DateTimeOffset At,
    DateTime Since,
    TimeSpan Took,
    Uri Link,
    Colour Colour,
    JsonElement Anything,
    Part Part,
    IReadOnlyList<Part?> Parts,
    List<string> Words,
    Colour? Other = null,
    Part? NoPart = null)
{
    [EventPartitionKey, EventIgnore]
    public string? Key => Flag ? "key of " + OrderId : null;

    /// <summary>A property that is not positional.</summary>
    public string? Note { get; init; }
}

[TelemetryEvent("samples.bare.happen", Topic = "samples", Delivery = DeliveryClass.Telemetry)]
public readonly partial record struct Bare;
