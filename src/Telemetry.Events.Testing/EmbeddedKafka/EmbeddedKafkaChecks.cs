using Confluent.Kafka;

namespace Telemetry.Events.Testing;

/// <summary>
/// The argument checks of <see cref="EmbeddedKafkaCluster"/>. They matter more than usual: librdkafka answers a value out
/// of range by reading past an array or by ending the process.
/// </summary>
internal static class EmbeddedKafkaChecks
{
    private const int MaxBrokers = 16;
    private const int MaxPartitions = 1000;
    private const int MaxTopicNameLength = 249;
    private static readonly TimeSpan MaxGroupDelay = TimeSpan.FromMinutes(1);

    internal static void CheckOptions(EmbeddedKafkaOptions options)
    {
        if (options.BrokerCount is < 1 or > MaxBrokers)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.BrokerCount, $"BrokerCount must be between 1 and {MaxBrokers}.");
        }

        if (options.GroupInitialRebalanceDelay < TimeSpan.Zero || options.GroupInitialRebalanceDelay > MaxGroupDelay)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.GroupInitialRebalanceDelay,
                "GroupInitialRebalanceDelay must be between zero and one minute.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var topic in options.Topics)
        {
            CheckTopic(topic.Name, nameof(options));
            CheckPartitionCount(topic.Partitions, nameof(options));
            if (!names.Add(topic.Name))
                throw new ArgumentException($"Topics names '{topic.Name}' twice; name each topic once.", nameof(options));
        }
    }

    internal static void CheckTopic(string topic, string parameter)
    {
        ArgumentNullException.ThrowIfNull(topic, parameter);
        var legal = topic.Length is > 0 and <= MaxTopicNameLength
            && topic is not ("." or "..")
            && topic.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        if (!legal)
        {
            throw new ArgumentException(
                $"'{topic}' is no topic name; use 1 to {MaxTopicNameLength} letters, digits, dots, underscores or hyphens.",
                parameter);
        }
    }

    internal static void CheckPartitionCount(int partitions, string parameter)
    {
        if (partitions is < 1 or > MaxPartitions)
        {
            throw new ArgumentOutOfRangeException(
                parameter, partitions, $"A topic must have between 1 and {MaxPartitions} partitions.");
        }
    }

    internal static void CheckPartition(int partition, string parameter)
    {
        if (partition is < 0 or >= MaxPartitions)
        {
            throw new ArgumentOutOfRangeException(
                parameter, partition, $"A partition is a number between 0 and {MaxPartitions - 1}.");
        }
    }

    internal static void CheckBroker(int brokerId, int brokerCount, string parameter)
    {
        if (brokerId < 1 || brokerId > brokerCount)
        {
            throw new ArgumentOutOfRangeException(
                parameter, brokerId, $"There is no such broker; this cluster's brokers are 1 to {brokerCount}.");
        }
    }

    internal static void CheckRequestKind(KafkaRequestKind kind, string parameter)
    {
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(parameter, kind, "Use one of the named kinds of request.");
    }

    // librdkafka takes this one code of its own as the order to close the connection.
    internal static void CheckRequestError(ErrorCode error, string parameter)
    {
        if (error != ErrorCode.Local_Transport)
            CheckBrokerError(error, parameter);
    }

    // Codes below -1 (Unknown) are librdkafka's own and never travel on the wire.
    internal static void CheckBrokerError(ErrorCode error, string parameter)
    {
        if (error < ErrorCode.Unknown)
        {
            throw new ArgumentOutOfRangeException(
                parameter, error, "A broker cannot answer with a client's own (Local_) error; use a broker's error.");
        }
    }

    internal static int CheckMilliseconds(TimeSpan time, string parameter)
    {
        // Rounded up, so that a delay that was asked for never turns into none.
        var milliseconds = Math.Ceiling(time.TotalMilliseconds);
        if (milliseconds is < 0 or > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                parameter, time, $"The time must be between zero and {int.MaxValue} milliseconds.");
        }

        return (int)milliseconds;
    }
}
