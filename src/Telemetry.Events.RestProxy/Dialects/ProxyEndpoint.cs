using System.Collections.Concurrent;

namespace Telemetry.Events.RestProxy;

/// <summary>A proxy whose dialect is known: where records of a topic go, and in which form. Safe for use from any thread.</summary>
internal sealed class ProxyEndpoint(Uri address, RestProxyDialect dialect, string? clusterId, RestProxyFormat format)
{
    private readonly ConcurrentDictionary<string, Uri> _produceUris = new(StringComparer.Ordinal);

    /// <summary>Ends with a slash. Confluent Cloud's holds the <c>kafka/</c> that was not in the configuration.</summary>
    public Uri Address => address;

    public RestProxyDialect Dialect => dialect;

    /// <summary>Confluent v3 only.</summary>
    public string? ClusterId => clusterId;

    public RecordLayout Layout { get; } = RecordLayout.For(dialect, format);

    /// <summary>Where records of a topic are posted to.</summary>
    public Uri ProduceUri(string topic) =>
        _produceUris.TryGetValue(topic, out var uri) ? uri : _produceUris.GetOrAdd(
            topic, topic => dialect == RestProxyDialect.ConfluentV3 ? new Uri($"{TopicUri(topic)}/records") : TopicUri(topic));

    /// <summary>Where a topic is described.</summary>
    public Uri TopicUri(string topic) => dialect == RestProxyDialect.ConfluentV3
        ? new Uri(address, $"v3/clusters/{Uri.EscapeDataString(clusterId!)}/topics/{Uri.EscapeDataString(topic)}")
        : new Uri(address, $"topics/{Uri.EscapeDataString(topic)}");
}
