namespace Telemetry.Samples.Demo;

/// <summary>Where the broker is.</summary>
/// <param name="ConnectionString">As KAFKA_DIRECT_URL takes it; may hold a password, so it is never shown.</param>
/// <param name="Shown">Its hosts and ports.</param>
internal sealed record BrokerAddress(string ConnectionString, string Shown);
