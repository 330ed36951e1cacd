using Confluent.Kafka;

namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>
/// What a failed produce looks like through each dialect. Java's exception classes decide there: see
/// <c>errorCodeFromProducerException</c> (kafka-rest, resources/v2/AbstractProduceAction), <c>KafkaExceptionMapper</c>
/// (confluentinc/rest-utils) and <c>handleError</c> (strimzi-kafka-bridge, HttpSourceBridgeEndpoint).
/// </summary>
internal static class KafkaErrors
{
    public static RecordFailure ToFailure(RestDialect dialect, ErrorCode error, string topic)
    {
        var absent = error is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition;
        // The Java client waits for metadata and then says so; the bridge and v3 look for these words.
        var message = absent ? $"Topic {topic} not present in metadata after 60000 ms." : Message(error);

        if (dialect == RestDialect.Strimzi)
            return new RecordFailure(absent ? 404 : 500, message);
        if (error is ErrorCode.SaslAuthenticationFailed or ErrorCode.Local_Authentication)
            return RecordFailure.Unauthenticated with { Message = message };
        if (error is ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed)
            return RecordFailure.Unauthorized with { Message = message };
        if (absent && dialect == RestDialect.ConfluentV3)
            return new RecordFailure(40401, message);

        return (IsRetriable(error) ? RecordFailure.Retriable : RecordFailure.Final) with { Message = message };
    }

    // Java's subclasses of RetriableException, in librdkafka's words.
    private static bool IsRetriable(ErrorCode error) => error
        is ErrorCode.Local_MsgTimedOut or ErrorCode.Local_TimedOut or ErrorCode.Local_TimedOutQueue
        or ErrorCode.Local_QueueFull or ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown
        or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition
        or ErrorCode.InvalidMsg or ErrorCode.UnknownTopicOrPart or ErrorCode.LeaderNotAvailable
        or ErrorCode.NotLeaderForPartition or ErrorCode.RequestTimedOut or ErrorCode.BrokerNotAvailable
        or ErrorCode.ReplicaNotAvailable or ErrorCode.NetworkException or ErrorCode.NotEnoughReplicas
        or ErrorCode.NotEnoughReplicasAfterAppend or ErrorCode.NotController or ErrorCode.KafkaStorageError
        or ErrorCode.ThrottlingQuotaExceeded;

    private static string Message(ErrorCode error) => error switch
    {
        ErrorCode.Local_MsgTimedOut or ErrorCode.Local_TimedOutQueue =>
            "Expiring 1 record(s): 120000 ms has passed since batch creation",
        _ => error.GetReason(),
    };
}
