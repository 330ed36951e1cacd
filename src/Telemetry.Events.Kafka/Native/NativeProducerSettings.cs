namespace Telemetry.Events.Kafka.Native;

/// <summary>What a native producer is made with.</summary>
/// <param name="Properties">librdkafka's properties.</param>
/// <param name="TopicNames">The brokers' names of topics, by the catalog's, where they differ.</param>
/// <param name="PlacesKeys">False where another partitioner than murmur2_random was asked for: librdkafka then places the events.</param>
/// <param name="ContentTypeHeader">Whether each record has the content-type header.</param>
/// <param name="DeliveryTimeout">How long a batch may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
internal sealed record NativeProducerSettings(
    IReadOnlyList<KeyValuePair<string, string>> Properties,
    IReadOnlyDictionary<string, string> TopicNames,
    bool PlacesKeys,
    bool ContentTypeHeader,
    TimeSpan DeliveryTimeout);
