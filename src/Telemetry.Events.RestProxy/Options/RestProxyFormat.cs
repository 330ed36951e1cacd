namespace Telemetry.Events.RestProxy;

/// <summary>How an event's bytes stand in a request.</summary>
public enum RestProxyFormat
{
    /// <summary>
    /// Key and body in base64: the broker stores the very bytes that other transports send, under the same key in the same
    /// partition. The default.
    /// </summary>
    Binary = 0,

    /// <summary>
    /// The body as JSON, for proxies or gateways that look into it. The proxy parses it and writes it anew, so that spacing,
    /// escapes and the spelling of numbers may change. Confluent v2 and Strimzi also store the key as a JSON string, quotes included:
    /// events of one key then go to another partition than by other transports. With Confluent v3 the key stays binary.
    /// </summary>
    Json,
}
