using Confluent.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>Log events of ingestion. Ids 2000 to 2099; they are a contract.</summary>
internal static partial class IngestionLog
{
    [LoggerMessage(2000, LogLevel.Information, "Reading {LoadTopic} and {TaskTopic} as group {GroupId}.")]
    public static partial void Subscribed(this ILogger logger, string loadTopic, string taskTopic, string groupId);

    [LoggerMessage(2001, LogLevel.Information, "{Partitions} partitions are assigned.")]
    public static partial void AssignmentChanged(this ILogger logger, int partitions);

    [LoggerMessage(2002, LogLevel.Warning, "Dead letter {Topic}[{Partition}]@{Offset}: {Reason}")]
    public static partial void DeadLettered(this ILogger logger, string topic, int partition, long offset, string reason);

    [LoggerMessage(2003, LogLevel.Error, "The store did not take {Records} records; they are kept and tried again in {Delay}.")]
    public static partial void StoreFailed(this ILogger logger, Exception exception, int records, TimeSpan delay);

    [LoggerMessage(2004, LogLevel.Warning, "Offsets could not be committed ({Code}: {Reason}); their records are stored and may be read once more.")]
    public static partial void CommitFailed(this ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "Kafka: reading failed ({Code}: {Reason}).")]
    public static partial void ConsumeFailed(this ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Kafka: {Reason} ({Code}); librdkafka goes on trying.")]
    public static partial void ClientError(this ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(2007, LogLevel.Debug, "librdkafka {Facility}: {Message}")]
    public static partial void ClientLog(this ILogger logger, string facility, string message);
}
