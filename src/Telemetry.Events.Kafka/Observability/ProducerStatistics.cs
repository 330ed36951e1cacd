namespace Telemetry.Events.Kafka;

/// <summary>One of librdkafka's statistics reports, as far as it is shown.</summary>
/// <param name="QueuedMessages">Messages that wait for an acknowledgement.</param>
/// <param name="QueuedBytes">Their bytes.</param>
/// <param name="SentMessages">Messages transmitted, since the client's start.</param>
/// <param name="SentBytes">Bytes transmitted, since the client's start: requests as they go over the network.</param>
/// <param name="Brokers">One entry for each broker.</param>
internal sealed record ProducerStatistics(
    long QueuedMessages, long QueuedBytes, long SentMessages, long SentBytes, IReadOnlyList<BrokerStatistics> Brokers)
{
    public static ProducerStatistics None { get; } = new(0, 0, 0, 0, []);
}
