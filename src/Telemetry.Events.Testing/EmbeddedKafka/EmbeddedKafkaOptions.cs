namespace Telemetry.Events.Testing;

/// <summary>What an <see cref="EmbeddedKafkaCluster"/> starts with.</summary>
public sealed class EmbeddedKafkaOptions
{
    /// <summary>The number of brokers, 1 to 16; their ids are 1 to this number. Default: 1.</summary>
    public int BrokerCount { get; init; } = 1;

    /// <summary>The topics that exist before any client connects. Default: none.</summary>
    /// <remarks>
    /// A topic that is not named here comes into being, with four partitions, when a client first asks for it and
    /// allows that: producers do by default, consumers do not.
    /// </remarks>
    public IReadOnlyList<EmbeddedKafkaTopic> Topics { get; init; } = [];

    /// <summary>
    /// How long a new consumer group waits for more members before its first assignment (the broker setting
    /// <c>group.initial.rebalance.delay.ms</c>), zero to one minute. Default: zero, so that tests need not wait;
    /// a real broker waits three seconds.
    /// </summary>
    public TimeSpan GroupInitialRebalanceDelay { get; init; } = TimeSpan.Zero;
}
