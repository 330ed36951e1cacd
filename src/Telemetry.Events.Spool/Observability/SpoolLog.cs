using Microsoft.Extensions.Logging;
using Telemetry.Events.Spool.Records;

namespace Telemetry.Events.Spool;

/// <summary>The spool's log events. Ids 1300 to 1349; they are a contract. None shows an event's content.</summary>
internal static partial class SpoolLog
{
    [LoggerMessage(1300, LogLevel.Information, "Spool opened: instance {Instance}.")]
    public static partial void Opened(this ILogger logger, string instance);

    [LoggerMessage(1301, LogLevel.Warning,
        "{Events} {Delivery} events for {Transport} that instance {Instance} did not send are taken over; {Damaged} of its records are damaged.")]
    public static partial void TakenOver(
        this ILogger logger, long events, DeliveryClass delivery, string transport, string instance, long damaged);

    [LoggerMessage(1302, LogLevel.Error,
        "{Records} records from position {Position} are lost: {Reason} in {File} at {Offset}, {Bytes} bytes.")]
    public static partial void Damaged(
        this ILogger logger, long records, long position, DamageReason reason, string file, long offset, long bytes);

    [LoggerMessage(1303, LogLevel.Error, "A commit of {Events} events to {Directory} failed ({Reason}); they are given up. The next event tries again.")]
    public static partial void CommitFailed(this ILogger logger, Exception exception, int events, string directory, string reason);

    [LoggerMessage(1304, LogLevel.Information, "Commits to {Directory} work again.")]
    public static partial void CommitRecovered(this ILogger logger, string directory);

    [LoggerMessage(1305, LogLevel.Warning, "The log in {Directory} is full, its bounds being {MaxBytes} bytes and {MaxEvents} events; events are refused until some are acknowledged.")]
    public static partial void Full(this ILogger logger, string directory, long maxBytes, long maxEvents);

    [LoggerMessage(1306, LogLevel.Warning, "The segment with the lost records is kept as {File}. Delete it when it has been looked at.")]
    public static partial void DamagedSegmentKept(this ILogger logger, string file);

    [LoggerMessage(1307, LogLevel.Error, "What is left in {Directory} cannot be taken over; the next start tries again.")]
    public static partial void TakeOverFailed(this ILogger logger, Exception exception, string directory);

    [LoggerMessage(1308, LogLevel.Information, "Spool closed with {Events} events that the next start will send.")]
    public static partial void Closed(this ILogger logger, long events);

    [LoggerMessage(1309, LogLevel.Error,
        "Spool opened on a full disk: instance {Instance} is made when there is room. What earlier processes left is sent, which may make it.")]
    public static partial void OpenedOnFullDisk(this ILogger logger, string instance);

    [LoggerMessage(1310, LogLevel.Error,
        "The disk of {Directory} has not answered for {Timeout}; the spool ends without it. What was not committed is lost, unless the disk takes it yet.")]
    public static partial void DiskHangs(this ILogger logger, string directory, TimeSpan timeout);

    [LoggerMessage(1311, LogLevel.Information,
        "{File} ends at {Offset} in a write of {Bytes} bytes that its process did not live to finish. No commit confirmed it; nothing is lost.")]
    public static partial void UnfinishedWrite(this ILogger logger, string file, long offset, long bytes);
}
