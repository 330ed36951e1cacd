using System.Text;
using System.Text.Json;

namespace Telemetry.Events;

/// <summary>
/// What is known of an event at build time: its name, its topic and its delivery class. Make one per kind of event and keep
/// it in a static field: the bytes that every such event begins with are encoded once, here.
/// </summary>
/// <remarks>Immutable and safe for use from any thread.</remarks>
public sealed class EventDescriptor
{
    /// <summary>Describes one kind of event.</summary>
    /// <param name="name">The event's name, see <see cref="EventName"/>.</param>
    /// <param name="topic">Kafka topic or event hub: 1 to 249 of <c>a-z A-Z 0-9 . _ -</c>, and not <c>.</c> or <c>..</c>.</param>
    /// <param name="delivery">What is promised once it is accepted.</param>
    /// <exception cref="FormatException">The name breaks a rule.</exception>
    /// <exception cref="ArgumentException">The topic is not one that Kafka takes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The delivery class is not a defined one.</exception>
    public EventDescriptor(string name, string topic, DeliveryClass delivery)
        : this(EventName.Parse(name), topic, delivery)
    {
    }

    /// <inheritdoc cref="EventDescriptor(string, string, DeliveryClass)"/>
    public EventDescriptor(EventName name, string topic, DeliveryClass delivery)
    {
        if (name.IsEmpty)
            throw new ArgumentException("The event name is empty. Parse one by EventName.Parse.", nameof(name));
        if (!TopicRules.IsTopic(topic))
        {
            throw new ArgumentException(
                $"'{topic}' is not a topic: Kafka takes 1 to {TopicRules.MaxLength} of a-z, A-Z, 0-9, '.', '_' and '-'.", nameof(topic));
        }

        if (!Enum.IsDefined(delivery))
            throw new ArgumentOutOfRangeException(nameof(delivery), delivery, "Not a delivery class.");

        Name = name;
        Topic = topic;
        Delivery = delivery;
        EncodedName = JsonEncodedText.Encode(name.Value);
    }

    /// <summary>The event's name; CloudEvents <c>type</c>.</summary>
    public EventName Name { get; }

    /// <summary>Where it is sent.</summary>
    public string Topic { get; }

    /// <summary>What is promised once it is accepted.</summary>
    public DeliveryClass Delivery { get; }

    internal JsonEncodedText EncodedName { get; }

    /// <summary>The name and the topic.</summary>
    public override string ToString() => new StringBuilder(Name.Value).Append(" → ").Append(Topic).ToString();
}
