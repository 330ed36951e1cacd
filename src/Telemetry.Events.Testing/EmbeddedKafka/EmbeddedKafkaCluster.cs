using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Testing;

/// <summary>
/// A Kafka cluster inside this process that speaks the real wire protocol over TCP on loopback and fails on command.
/// </summary>
/// <remarks>
/// <para>
/// It is librdkafka's own mock cluster, in the native library that Confluent.Kafka already loads: there is nothing to
/// install. Any Kafka client of any process on this machine can use <see cref="BootstrapServers"/>.
/// </para>
/// <para>
/// It has topics, producers (idempotent ones too), consumer groups and committed offsets. It differs from a real
/// broker in this:
/// </para>
/// <list type="bullet">
/// <item>A partition keeps about its last 5 MB or 100,000 batches and silently forgets what is older.</item>
/// <item>
/// Only a group's first member joins at once. Any later join, also after all members have left, waits for the
/// consumer's <c>session.timeout.ms</c> less one second, which is 44 seconds by default: lower it, to two seconds say.
/// </item>
/// <item>
/// It does not recognise the repeated batch of an idempotent producer without a transactional id: after a lost
/// acknowledgement it stores the batch twice.
/// </item>
/// <item>CreateTopics, DescribeGroups, SASL and TLS are missing, and nothing survives <see cref="Dispose"/>.</item>
/// </list>
/// <para>
/// All members may be called from any thread; calls wait for each other. A fault is in force when its call returns,
/// after a millisecond or two. After <see cref="Dispose"/> the properties keep their values and the other methods
/// throw <see cref="ObjectDisposedException"/>.
/// </para>
/// </remarks>
public sealed partial class EmbeddedKafkaCluster : IDisposable, IAsyncDisposable
{
    private const int MaxReplicationFactor = 3;

    private readonly Lock _commands = new();
    private readonly MockClusterHandle _cluster;

    private EmbeddedKafkaCluster(MockClusterHandle cluster, int brokerCount)
    {
        _cluster = cluster;
        BrokerCount = brokerCount;
        BootstrapServers = Marshal.PtrToStringUTF8(RdKafkaMock.BootstrapServers(cluster))!;
    }

    /// <summary>The brokers' addresses as clients take them: <c>127.0.0.1:port[,127.0.0.1:port]</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>The number of brokers; their ids are 1 to this number.</summary>
    public int BrokerCount { get; }

    /// <summary>Starts a cluster on free ports of the loopback address; it accepts clients when this returns.</summary>
    /// <param name="options">What it starts with; <see langword="null"/> for one broker and no topics.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number in <paramref name="options"/> is out of its range.</exception>
    /// <exception cref="ArgumentException">A topic's name is not legal in Kafka, or is given twice.</exception>
    /// <exception cref="InvalidOperationException">librdkafka could not open its sockets.</exception>
    /// <exception cref="DllNotFoundException">The native librdkafka is missing for this platform.</exception>
    public static EmbeddedKafkaCluster Start(EmbeddedKafkaOptions? options = null)
    {
        options ??= new EmbeddedKafkaOptions();
        EmbeddedKafkaChecks.CheckOptions(options);

        var cluster = new EmbeddedKafkaCluster(MockClusterHandle.Create(options.BrokerCount), options.BrokerCount);
        RdKafkaMock.SetGroupInitialRebalanceDelay(
            cluster._cluster, (int)Math.Ceiling(options.GroupInitialRebalanceDelay.TotalMilliseconds));
        foreach (var topic in options.Topics)
            cluster.CreateTopic(topic.Name, topic.Partitions);

        return cluster;
    }

    /// <summary>
    /// Creates a topic, replicated on up to three brokers. Each partition's leader is one of its replicas, chosen at
    /// random: <see cref="SetPartitionLeader"/> chooses another.
    /// </summary>
    /// <param name="name">1 to 249 letters, digits, dots, underscores and hyphens.</param>
    /// <param name="partitions">The number of partitions, 1 to 1000.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no legal topic name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partitions"/> is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The topic exists already.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void CreateTopic(string name, int partitions = 1)
    {
        EmbeddedKafkaChecks.CheckTopic(name, nameof(name));
        EmbeddedKafkaChecks.CheckPartitionCount(partitions, nameof(partitions));

        var replicas = Math.Min(MaxReplicationFactor, BrokerCount);
        var error = Command(cluster => RdKafkaMock.CreateTopic(cluster, name, partitions, replicas));
        if (error == ErrorCode.TopicAlreadyExists)
        {
            throw new InvalidOperationException(
                $"Topic '{name}' exists already, perhaps because a client asked for it first; create it before clients start.");
        }

        ThrowIfFailed(error);
    }

    /// <summary>
    /// Stops the brokers, drops their records and frees the ports. Waits for the cluster's threads to end, which takes
    /// milliseconds. Dispose clients first, or they go on trying to reconnect. A second call does nothing.
    /// </summary>
    public void Dispose()
    {
        lock (_commands)
            _cluster.Dispose();
    }

    /// <summary>Does what <see cref="Dispose"/> does, without blocking the caller's thread.</summary>
    /// <returns>A task that ends when the brokers have stopped.</returns>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private ErrorCode Command(Func<MockClusterHandle, ErrorCode> command)
    {
        lock (_commands)
        {
            ObjectDisposedException.ThrowIf(_cluster.IsClosed, this);
            var error = command(_cluster);
            // librdkafka's thread first answers a command, then empties its wake-up pipe. A next command between the two
            // loses its wake-up and lies there until the thread's poll times out, a second later.
            Thread.Sleep(1);
            return error;
        }
    }

    private static void ThrowIfFailed(ErrorCode error)
    {
        if (error != ErrorCode.NoError)
            throw new KafkaException(error);
    }
}
