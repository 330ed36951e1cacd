using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Kafka;

/// <summary>The Kafka transport's log events. Ids 1100 to 1199; they are a contract.</summary>
internal static partial class KafkaLog
{
    [LoggerMessage(1100, LogLevel.Warning, "Kafka: {Reason} ({Code}); librdkafka goes on trying.")]
    public static partial void ProducerError(this ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(1101, LogLevel.Error, "Kafka: the producer has failed for good: {Reason} ({Code}). It is replaced at the next batch.")]
    public static partial void ProducerFatal(this ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "Kafka: the producer was replaced; what was not acknowledged is sent again.")]
    public static partial void ProducerRebuilt(this ILogger logger);

    [LoggerMessage(1103, LogLevel.Debug, "librdkafka {Facility}: {Message}")]
    public static partial void ClientLog(this ILogger logger, string facility, string message);

    [LoggerMessage(1104, LogLevel.Error, "Kafka: the access token could not be fetched; librdkafka asks for it again in ten seconds.")]
    public static partial void AccessTokenFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1105, LogLevel.Debug, "Kafka: a statistics report of librdkafka could not be read; the metrics keep their last values.")]
    public static partial void StatisticsUnreadable(this ILogger logger);

    [LoggerMessage(1106, LogLevel.Warning, "Kafka: events go by the managed client, which costs more, since {Obstacle}.")]
    public static partial void NativePathMissing(this ILogger logger, string obstacle);

    [LoggerMessage(
        1107,
        LogLevel.Warning,
        "Kafka: {Count} events were sent one by one, since their request was too large for the topic. Set the librdkafka property " +
        "batch.size to at most the topic's max.message.bytes.")]
    public static partial void RequestTooLarge(this ILogger logger, int count);
}
