namespace Telemetry.Events.Kafka;

/// <summary>What librdkafka tells of its connection to one broker.</summary>
/// <param name="Address">The broker's <c>host:port</c>.</param>
/// <param name="Retries">Requests sent again, since the client's start.</param>
/// <param name="Connects">Attempts to connect, since the client's start.</param>
/// <param name="Disconnects">Connections lost, since the client's start.</param>
/// <param name="RoundTripP99">The 99th percentile of the last interval's round trips.</param>
/// <param name="Throttle">How long the broker asked to wait in the last interval, on average.</param>
internal readonly record struct BrokerStatistics(
    string Address, long Retries, long Connects, long Disconnects, TimeSpan RoundTripP99, TimeSpan Throttle);
