namespace Telemetry.Events;

/// <summary>
/// Makes a partial record, class or struct a typed event: the source generator implements <see cref="ITelemetryEvent"/> on
/// it, without reflection.
/// </summary>
/// <remarks>
/// The fields of the event's data are the public properties of the type that can be read, a record's positional ones first;
/// each is named by its member's name in snake_case. <see cref="EventFieldAttribute"/> names one otherwise,
/// <see cref="EventIgnoreAttribute"/> leaves one out. A null leaves its field out of the JSON.
/// </remarks>
/// <example>
/// <code>
/// [TelemetryEvent("orders.payment.take.fail", Topic = "orders", Delivery = DeliveryClass.Usage)]
/// public readonly partial record struct PaymentFailed([EventSubject] string OrderId, decimal Amount, string? Reason);
/// </code>
/// </example>
/// <param name="name">The event's name, see <see cref="EventName"/>; checked at build.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TelemetryEventAttribute(string name) : Attribute
{
    /// <summary>The event's name; CloudEvents <c>type</c>.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Kafka topic or event hub. It must be declared by a <see cref="TelemetryTopicAttribute"/> of this assembly or of one
    /// that it references.
    /// </summary>
    public required string Topic { get; init; }

    /// <summary>What is promised once the event is accepted. It has no default: what may be lost is for the author to say.</summary>
    public required DeliveryClass Delivery { get; init; }
}
