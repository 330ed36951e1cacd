using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Testing;

/// <content>The ways in which the cluster fails on command.</content>
public sealed partial class EmbeddedKafkaCluster
{
    /// <summary>
    /// Closes a broker's connections and refuses new ones, as if its process had died. Its records stay, and its
    /// partitions keep it as their leader. Does nothing if the broker is down already.
    /// </summary>
    /// <param name="brokerId">1 to <see cref="BrokerCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such broker.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void TakeBrokerDown(int brokerId)
    {
        EmbeddedKafkaChecks.CheckBroker(brokerId, BrokerCount, nameof(brokerId));
        ThrowIfFailed(Command(cluster => RdKafkaMock.SetBrokerDown(cluster, brokerId)));
    }

    /// <summary>Takes every broker down; see <see cref="TakeBrokerDown"/>.</summary>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void TakeAllBrokersDown() =>
        ThrowIfFailed(Command(cluster => RdKafkaMock.SetBrokerDown(cluster, RdKafkaMock.AllBrokers)));

    /// <summary>Lets a broker accept connections again, on the same port. Does nothing if it is up.</summary>
    /// <param name="brokerId">1 to <see cref="BrokerCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such broker.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void BringBrokerUp(int brokerId)
    {
        EmbeddedKafkaChecks.CheckBroker(brokerId, BrokerCount, nameof(brokerId));
        ThrowIfFailed(Command(cluster => RdKafkaMock.SetBrokerUp(cluster, brokerId)));
    }

    /// <summary>Brings every broker up; see <see cref="BringBrokerUp"/>.</summary>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void BringAllBrokersUp() =>
        ThrowIfFailed(Command(cluster => RdKafkaMock.SetBrokerUp(cluster, RdKafkaMock.AllBrokers)));

    /// <summary>Delays every response, those already waiting included.</summary>
    /// <param name="roundTripTime">Zero for no delay; rounded up to whole milliseconds.</param>
    /// <param name="brokerId">1 to <see cref="BrokerCount"/>, or <see langword="null"/> for every broker.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or there is no such broker.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void SetRoundTripTime(TimeSpan roundTripTime, int? brokerId = null)
    {
        var milliseconds = EmbeddedKafkaChecks.CheckMilliseconds(roundTripTime, nameof(roundTripTime));
        if (brokerId is { } id)
            EmbeddedKafkaChecks.CheckBroker(id, BrokerCount, nameof(brokerId));

        var target = brokerId ?? RdKafkaMock.AllBrokers;
        ThrowIfFailed(Command(cluster => RdKafkaMock.SetRoundTripTime(cluster, target, milliseconds)));
    }

    /// <summary>
    /// Fails the next requests of a kind, whichever client sends them and whichever broker gets them: the first with the
    /// first error, the second with the second. Errors of earlier calls that are still waiting come first. A failed
    /// request has no effect: a failed <see cref="KafkaRequestKind.Produce"/> stores nothing.
    /// </summary>
    /// <param name="kind">Which requests fail.</param>
    /// <param name="errors">
    /// Errors as a broker sends them. <see cref="ErrorCode.NoError"/> lets one request pass;
    /// <see cref="ErrorCode.Local_Transport"/> closes the client's connection instead of an answer.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="kind"/> is not defined, or an error is a client's own and can come from no broker.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void FailNextRequests(KafkaRequestKind kind, params ErrorCode[] errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        EmbeddedKafkaChecks.CheckRequestKind(kind, nameof(kind));
        foreach (var error in errors)
            EmbeddedKafkaChecks.CheckRequestError(error, nameof(errors));
        Command(cluster =>
        {
            RdKafkaMock.PushRequestErrors(cluster, (short)kind, (nuint)errors.Length, errors);
            return ErrorCode.NoError;
        });
    }

    /// <summary>
    /// Carries out a broker's next request of a kind, and holds its response back. Later responses on the same connection wait behind it.
    /// Calls add up: one for each request.
    /// </summary>
    /// <param name="kind">Which request.</param>
    /// <param name="delay">How long; rounded up to whole milliseconds.</param>
    /// <param name="brokerId">1 to <see cref="BrokerCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="kind"/> is not defined, the time is negative, or there is no such broker.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">This is macOS on arm64, whose calling convention stands in the way.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void DelayNextResponse(KafkaRequestKind kind, TimeSpan delay, int brokerId = 1)
    {
        EmbeddedKafkaChecks.CheckRequestKind(kind, nameof(kind));
        var milliseconds = EmbeddedKafkaChecks.CheckMilliseconds(delay, nameof(delay));
        EmbeddedKafkaChecks.CheckBroker(brokerId, BrokerCount, nameof(brokerId));
        if (OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64)
            throw new PlatformNotSupportedException("A single response cannot be delayed on macOS on arm64. Use SetRoundTripTime.");
        ThrowIfFailed(Command(cluster =>
            RdKafkaMock.PushRequestErrorAndDelay(cluster, brokerId, (short)kind, 1, ErrorCode.NoError, milliseconds)));
    }

    /// <summary>Forgets the errors of <see cref="FailNextRequests"/> that no request has met yet.</summary>
    /// <param name="kind">Which requests succeed again.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not defined.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void ClearRequestErrors(KafkaRequestKind kind)
    {
        EmbeddedKafkaChecks.CheckRequestKind(kind, nameof(kind));
        Command(cluster =>
        {
            RdKafkaMock.ClearRequestErrors(cluster, (short)kind);
            return ErrorCode.NoError;
        });
    }

    /// <summary>
    /// Answers every metadata request for a topic with an error until further notice. A client that already knows the
    /// topic notices at its next metadata refresh, not before. A topic that does not exist is created, with four partitions.
    /// </summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="error">An error as a broker sends it; <see cref="ErrorCode.NoError"/> ends the fault.</param>
    /// <exception cref="ArgumentException"><paramref name="topic"/> is no legal topic name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The error is a client's own and can come from no broker.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void SetTopicError(string topic, ErrorCode error)
    {
        EmbeddedKafkaChecks.CheckTopic(topic, nameof(topic));
        EmbeddedKafkaChecks.CheckBrokerError(error, nameof(error));
        Command(cluster =>
        {
            RdKafkaMock.SetTopicError(cluster, topic, error);
            return ErrorCode.NoError;
        });
    }

    /// <summary>
    /// Moves a partition's leadership; its records move with it. Clients notice by a NotLeaderForPartition answer or
    /// their next metadata refresh. A topic that does not exist is created, with just enough partitions.
    /// </summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="brokerId">1 to <see cref="BrokerCount"/>, or <see langword="null"/> for no leader at all.</param>
    /// <exception cref="ArgumentException"><paramref name="topic"/> is no legal topic name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition or broker.</exception>
    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    public void SetPartitionLeader(string topic, int partition, int? brokerId)
    {
        EmbeddedKafkaChecks.CheckTopic(topic, nameof(topic));
        EmbeddedKafkaChecks.CheckPartition(partition, nameof(partition));
        if (brokerId is { } id)
            EmbeddedKafkaChecks.CheckBroker(id, BrokerCount, nameof(brokerId));

        var leader = brokerId ?? RdKafkaMock.NoBroker;
        var error = Command(cluster => RdKafkaMock.SetPartitionLeader(cluster, topic, partition, leader));
        if (error == ErrorCode.UnknownTopicOrPart)
            throw new ArgumentOutOfRangeException(nameof(partition), partition, $"Topic '{topic}' has fewer partitions.");
        ThrowIfFailed(error);
    }
}
