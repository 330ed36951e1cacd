namespace Telemetry.Events.RestProxy;

/// <summary>Which HTTP interface to Kafka stands behind the address.</summary>
public enum RestProxyDialect
{
    /// <summary>Found out by asking the proxy once, and again where what was found stops working. The default.</summary>
    Auto = 0,

    /// <summary>Confluent REST Proxy, API v2: <c>POST /topics/{topic}</c>. Knows no record headers.</summary>
    ConfluentV2,

    /// <summary>Confluent REST Proxy, API v3, and Confluent Cloud: records and their replies as a stream of JSON objects.</summary>
    ConfluentV3,

    /// <summary>Strimzi Kafka Bridge: v2's paths, record headers, its own error form.</summary>
    Strimzi,
}
