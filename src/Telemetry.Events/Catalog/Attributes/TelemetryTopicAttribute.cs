namespace Telemetry.Events;

/// <summary>
/// Declares a topic that exists. An event with a topic that neither its own assembly nor one it references declares does not
/// compile, so that a typing error does not become a topic.
/// </summary>
/// <example><code>[assembly: TelemetryTopic("orders")]</code></example>
/// <param name="name">Kafka topic or event hub: 1 to 249 of <c>a-z A-Z 0-9 . _ -</c>, and not <c>.</c> or <c>..</c>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class TelemetryTopicAttribute(string name) : Attribute
{
    /// <summary>The topic.</summary>
    public string Name { get; } = name;
}
