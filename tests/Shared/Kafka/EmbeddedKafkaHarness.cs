using Confluent.Kafka;
using Telemetry.Events.Testing;

namespace Telemetry.Tests.Shared.Kafka;

/// <summary>
/// The half of a harness that is the embedded broker's: topics, faults, and a consumer that goes to the broker directly and knows
/// nothing of the transport.
/// </summary>
internal abstract class EmbeddedKafkaHarness : TransportHarness
{
    /// <summary>All that a harness can do: no case of the contract is left out for these transports.</summary>
    public const TransportCapabilities AllCapabilities =
        TransportCapabilities.Outage | TransportCapabilities.SizeLimit | TransportCapabilities.Slowness |
        TransportCapabilities.Throttling | TransportCapabilities.ManyTopics;

    private const int Partitions = 4;

    protected EmbeddedKafkaHarness() => Kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
    {
        Topics = [.. OtherTopics.Prepend(Topic).Select(topic => new EmbeddedKafkaTopic(topic, Partitions))],
    });

    public EmbeddedKafkaCluster Kafka { get; }

    public override TransportCapabilities Capabilities => AllCapabilities;

    public override IReadOnlyList<string> OtherTopics => ["contract_second", "contract_third"];

    /// <summary>What this broker answers where it asks for a pause.</summary>
    protected virtual ErrorCode ThrottlingError => ErrorCode.ThrottlingQuotaExceeded;

    public override ValueTask TakeDownAsync()
    {
        Kafka.TakeAllBrokersDown();
        return ValueTask.CompletedTask;
    }

    public override ValueTask BringUpAsync()
    {
        Kafka.BringAllBrokersUp();
        return ValueTask.CompletedTask;
    }

    public override ValueTask SlowDownAsync(TimeSpan delay)
    {
        Kafka.SetRoundTripTime(delay);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ThrottleAsync(int requests)
    {
        Kafka.FailNextRequests(KafkaRequestKind.Produce, [.. Enumerable.Repeat(ThrottlingError, requests)]);
        return ValueTask.CompletedTask;
    }

    public override Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken) =>
        ReadBackFromAsync(Topic, count, cancellationToken);

    public override Task<IReadOnlyList<StoredEvent>> ReadBackFromAsync(string topic, int count, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<StoredEvent>>(
            () => [.. KafkaReader.Read(Kafka, topic, Partitions, count, cancellationToken).Select(Stored)], CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await Kafka.DisposeAsync();
        await base.DisposeAsync();
    }

    private static StoredEvent Stored(ConsumeResult<byte[]?, byte[]> record) =>
        new(record.Topic, record.Partition.Value, record.Message.Key, record.Message.Value) { Offset = record.Offset.Value };
}
