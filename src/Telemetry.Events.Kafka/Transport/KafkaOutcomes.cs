using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>What an error of librdkafka means for one event.</summary>
internal static class KafkaOutcomes
{
    public static DeliveryOutcome From(DeliveryReport<byte[]?, byte[]> report) =>
        report.Error.IsError
            ? From(report.Error, report.Status)
            : DeliveryOutcome.Delivered(report.Partition.Value, report.Offset.Value);

    public static DeliveryOutcome From(Error error, PersistenceStatus status = PersistenceStatus.NotPersisted)
    {
        var reason = Reason(error.Code);
        if (IsFinal(error.Code))
            return DeliveryOutcome.Final(reason);
        return status == PersistenceStatus.NotPersisted ? DeliveryOutcome.Retriable(reason) : DeliveryOutcome.Unknown(reason);
    }

    // Final is what a later attempt of the same bytes cannot change. A missing topic or right is not among them: someone may
    // create or grant it while the event waits, and an audit event is worth that wait.
    private static bool IsFinal(ErrorCode code) => code is
        ErrorCode.MsgSizeTooLarge or
        ErrorCode.RecordListTooLarge or
        ErrorCode.InvalidMsg or
        ErrorCode.InvalidRecord or
        ErrorCode.TopicException or
        ErrorCode.Local_BadMsg or
        ErrorCode.UnsupportedForMessageFormat;

    /// <summary>Such as <c>msg_timed_out</c> for Local_MsgTimedOut and <c>unknown_topic_or_part</c> for UnknownTopicOrPart.</summary>
    internal static string Reason(ErrorCode code)
    {
        var name = code.ToString().Replace("Local_", "", StringComparison.Ordinal);
        return string.Concat(name.Select((c, i) =>
            char.IsUpper(c) && i > 0 && !char.IsUpper(name[i - 1]) && name[i - 1] != '_' ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
    }
}
