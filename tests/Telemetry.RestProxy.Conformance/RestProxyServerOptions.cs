using Telemetry.Events.Testing;

namespace Telemetry.RestProxy.Conformance;

/// <summary>What a <see cref="RestProxyServer"/> speaks, to whom, and what it refuses.</summary>
public sealed class RestProxyServerOptions
{
    /// <summary>The protocol. Default: <see cref="RestDialect.ConfluentV2"/>.</summary>
    public RestDialect Dialect { get; init; }

    /// <summary>
    /// Where the records go; the server does not dispose it. <see langword="null"/>, the default, makes a sink, unless
    /// <see cref="BootstrapServers"/> is set: requests are parsed in full and answered with running offsets, and the
    /// records are forgotten.
    /// </summary>
    public EmbeddedKafkaCluster? Kafka { get; init; }

    /// <summary>A Kafka cluster of another process, <c>host:port[,host:port]</c>. <see cref="Kafka"/> wins over it.</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>The port on the loopback address; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// HTTP/2 without TLS (prior knowledge) instead of HTTP/1.1. Default: <see langword="false"/>. One port cannot serve
    /// both without TLS, since nothing negotiates.
    /// </summary>
    public bool Http2 { get; init; }

    /// <summary>A path in front of all others, such as <c>/kafka</c> of Confluent Cloud. Default: none.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>Asks for basic authentication. Default: none.</summary>
    public BasicCredentials? BasicCredentials { get; init; }

    /// <summary>Asks for this bearer token; with <see cref="BasicCredentials"/> either will do. Default: none.</summary>
    public string? BearerToken { get; init; }

    /// <summary>Inflates requests with <c>Content-Encoding: gzip</c>, as by default, or refuses them with 415.</summary>
    public bool AcceptGzip { get; init; } = true;

    /// <summary>The largest body in bytes, after inflating; above it the answer is 413. Default: 0, no limit.</summary>
    public int MaxRequestBytes { get; init; }

    /// <summary>
    /// Whether Kafka creates a topic that a record names first, as brokers do by default. Otherwise such a record fails as
    /// "not present in metadata". Default: <see langword="true"/>.
    /// </summary>
    public bool AutoCreateTopics { get; init; } = true;

    /// <summary>
    /// How long the proxy's own producer tries before a record fails as retriable; Java's
    /// <c>delivery.timeout.ms</c>, two minutes there. Default: 10 seconds.
    /// </summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The topics of a sink before the first request; any other comes into being with four partitions.</summary>
    public IReadOnlyList<EmbeddedKafkaTopic> SinkTopics { get; init; } = [];

    /// <summary>
    /// How many requests <see cref="RestProxyServer.Requests"/> keeps, the newest; 0 keeps none. Default: 10,000.
    /// </summary>
    public int MaxLoggedRequests { get; init; } = 10_000;

    /// <summary>The clock of replies' time stamps and of <see cref="RestFault.Delay"/>. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
