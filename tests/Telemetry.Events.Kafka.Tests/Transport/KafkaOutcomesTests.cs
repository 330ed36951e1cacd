using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

public class KafkaOutcomesTests
{
    [Theory]
    [InlineData(ErrorCode.MsgSizeTooLarge, DeliveryStatus.Final, "msg_size_too_large")]
    [InlineData(ErrorCode.InvalidMsg, DeliveryStatus.Final, "invalid_msg")]
    [InlineData(ErrorCode.TopicException, DeliveryStatus.Final, "topic_exception")]
    [InlineData(ErrorCode.Local_MsgTimedOut, DeliveryStatus.Retriable, "msg_timed_out")]
    [InlineData(ErrorCode.Local_QueueFull, DeliveryStatus.Retriable, "queue_full")]
    [InlineData(ErrorCode.NotEnoughReplicas, DeliveryStatus.Retriable, "not_enough_replicas")]
    [InlineData(ErrorCode.NotEnoughReplicasAfterAppend, DeliveryStatus.Unknown, "not_enough_replicas_after_append")]
    [InlineData(ErrorCode.TopicAuthorizationFailed, DeliveryStatus.Retriable, "topic_authorization_failed")]
    [InlineData(ErrorCode.UnknownTopicOrPart, DeliveryStatus.Retriable, "unknown_topic_or_part")]
    [InlineData(ErrorCode.PolicyViolation, DeliveryStatus.Retriable, "policy_violation")]
    public void An_error_before_the_broker_stored_anything(ErrorCode code, DeliveryStatus status, string reason)
    {
        var outcome = KafkaOutcomes.From(code);

        Assert.Equal((status, reason), (outcome.Status, outcome.Reason));
    }

    [Fact]
    public void An_error_after_the_broker_may_have_stored_it_is_unknown() =>
        Assert.Equal(
            DeliveryStatus.Unknown, KafkaOutcomes.From(ErrorCode.Local_MsgTimedOut, PersistenceStatus.PossiblyPersisted).Status);

    [Fact]
    public void What_the_broker_has_stored_is_delivered_whatever_went_wrong_afterwards() =>
        Assert.Equal(DeliveryStatus.Delivered, KafkaOutcomes.From(ErrorCode.Local_MsgTimedOut, PersistenceStatus.Persisted).Status);
}
