using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>What a native producer hears of librdkafka beyond delivery reports. Called on the report thread.</summary>
internal interface INativeEvents
{
    void OnError(ErrorCode code, string text, bool fatal);

    void OnLog(string facility, string text);

    /// <param name="json">Valid during the call only.</param>
    void OnStatistics(ReadOnlySpan<byte> json);

    void OnTokenRefresh();

    void OnUnknownPartition();
}
