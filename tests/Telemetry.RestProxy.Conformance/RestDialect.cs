namespace Telemetry.RestProxy.Conformance;

/// <summary>The HTTP protocols by which events reach Kafka.</summary>
public enum RestDialect
{
    /// <summary>Confluent REST Proxy, API v2: <c>POST /topics/{topic}</c>.</summary>
    ConfluentV2,

    /// <summary>Confluent REST Proxy, API v3: <c>POST /v3/clusters/{id}/topics/{topic}/records</c>, a stream.</summary>
    ConfluentV3,

    /// <summary>Strimzi Kafka Bridge: v2's paths, with headers and time stamps.</summary>
    Strimzi,
}
