using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Kafka;

/// <summary>The consumer's log events. Ids 1150 to 1199; they are a contract.</summary>
internal static partial class ConsumerLog
{
    [LoggerMessage(1150, LogLevel.Information, "Consumer {Consumer} reads {Topics} as group {GroupId}.")]
    public static partial void Subscribed(this ILogger logger, string consumer, string topics, string? groupId);

    [LoggerMessage(1151, LogLevel.Information, "Consumer {Consumer}: {Partitions} partitions are assigned.")]
    public static partial void AssignmentChanged(this ILogger logger, string consumer, int partitions);

    [LoggerMessage(1152, LogLevel.Warning, "Consumer {Consumer}: dead letter {Topic}[{Partition}]@{Offset}: {Reason}")]
    public static partial void DeadLettered(this ILogger logger, string consumer, string topic, int partition, long offset, string reason);

    [LoggerMessage(1153, LogLevel.Error, "Consumer {Consumer}: the handler failed, attempt {Attempt}; nothing is skipped, next attempt in {Delay}.")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string consumer, int attempt, TimeSpan delay);

    [LoggerMessage(1154, LogLevel.Warning, "Consumer {Consumer}: the handler failed with {Records} records to go, which are read again by whoever has their partitions next.")]
    public static partial void HandlerGaveUp(this ILogger logger, Exception exception, string consumer, int records);

    [LoggerMessage(1155, LogLevel.Warning, "Consumer {Consumer}: the handler did not end within {Timeout}; {Records} records are not committed and are read again.")]
    public static partial void HandlerTooSlow(this ILogger logger, string consumer, TimeSpan timeout, int records);

    [LoggerMessage(1156, LogLevel.Warning, "Consumer {Consumer}: offsets could not be committed ({Code}: {Reason}); their records are handled, and the commit is tried again.")]
    public static partial void CommitFailed(this ILogger logger, string consumer, ErrorCode code, string reason);

    [LoggerMessage(1157, LogLevel.Warning, "Consumer {Consumer}: reading failed ({Code}: {Reason}).")]
    public static partial void ConsumeFailed(this ILogger logger, string consumer, ErrorCode code, string reason);

    [LoggerMessage(1158, LogLevel.Warning, "Consumer {Consumer}: {Reason} ({Code}); librdkafka goes on trying.")]
    public static partial void ClientError(this ILogger logger, string consumer, ErrorCode code, string reason);

    [LoggerMessage(1159, LogLevel.Debug, "librdkafka {Facility}: {Message}")]
    public static partial void ConsumerClientLog(this ILogger logger, string facility, string message);

    [LoggerMessage(1160, LogLevel.Warning, "Consumer {Consumer} did not leave its group within the shutdown time; the group notices when its session runs out.")]
    public static partial void CloseTooSlow(this ILogger logger, string consumer);

    [LoggerMessage(1161, LogLevel.Information, "Consumer {Consumer} has stopped. {Status}")]
    public static partial void Stopped(this ILogger logger, string consumer, EventConsumerStatus status);
}
