namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>How a key or value is written into a request's JSON.</summary>
internal enum EmbeddedFormat : byte
{
    /// <summary>Base64 of the bytes.</summary>
    Binary,

    /// <summary>The JSON itself; Kafka gets it without insignificant white space.</summary>
    Json,

    /// <summary>A JSON string; Kafka gets its UTF-8 (v3 only).</summary>
    String,
}
