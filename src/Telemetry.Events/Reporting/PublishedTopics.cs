using System.Collections.Concurrent;

namespace Telemetry.Events.Reporting;

/// <summary>The topics that a publisher has had events for, by delivery class. Safe for use from any thread.</summary>
internal sealed class PublishedTopics
{
    private readonly ConcurrentDictionary<(DeliveryClass Delivery, string Topic), byte> _topics = new();

    /// <summary>Called once a kind of event.</summary>
    public void Add(EventDescriptor descriptor) => _topics.TryAdd((descriptor.Delivery, descriptor.Topic), 0);

    public IReadOnlyList<string> Of(DeliveryClass delivery) =>
        [.. _topics.Keys.Where(key => key.Delivery == delivery).Select(key => key.Topic).Order(StringComparer.Ordinal)];
}
