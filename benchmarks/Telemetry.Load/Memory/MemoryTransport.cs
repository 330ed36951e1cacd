namespace Telemetry.Load.Memory;

/// <summary>The transport of a memory run.</summary>
internal enum MemoryTransport
{
    /// <summary>Straight to the embedded broker.</summary>
    Kafka,

    /// <summary>Confluent v2 to the conformance server, which parses and forgets.</summary>
    RestProxy,

    /// <summary>Through TLS and a login to the embedded broker.</summary>
    EventHubs,
}
