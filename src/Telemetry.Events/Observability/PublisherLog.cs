using Microsoft.Extensions.Logging;

namespace Telemetry.Events;

/// <summary>The core's log events. Ids 1000 to 1099; they are a contract.</summary>
internal static partial class PublisherLog
{
    [LoggerMessage(1000, LogLevel.Error, "Transport {Transport} threw instead of returning outcomes; the batch will be sent again.")]
    public static partial void TransportThrew(this ILogger logger, Exception exception, string transport);

    [LoggerMessage(1001, LogLevel.Error, "Event {EventId} for topic {Topic} is given up: {Transport} says {Reason}.")]
    public static partial void EventDropped(this ILogger logger, Guid eventId, string topic, string transport, string? reason);

    [LoggerMessage(1002, LogLevel.Warning,
        "{Events} {Delivery} events were not delivered by {Transport} ({Reason}); attempt {Attempt} failed, next in {Delay}.")]
    public static partial void Retrying(
        this ILogger logger, int events, string transport, DeliveryClass delivery, string reason, int attempt, TimeSpan delay);

    [LoggerMessage(1003, LogLevel.Error, "The payload of event {EventName} could not be written; the event was refused.")]
    public static partial void PayloadFailed(this ILogger logger, Exception exception, EventName eventName);

    [LoggerMessage(1004, LogLevel.Information, "Publisher {Producer} of service {Service} sends by {Transports}.")]
    public static partial void Started(this ILogger logger, string producer, string? service, string transports);

    [LoggerMessage(1005, LogLevel.Information, "Publisher stopped, all accounted for. {Ledger}")]
    public static partial void StoppedClean(this ILogger logger, LedgerSnapshot ledger);

    [LoggerMessage(1006, LogLevel.Error, "Publisher stopped with losses. {Ledger}")]
    public static partial void StoppedWithLosses(this ILogger logger, LedgerSnapshot ledger);

    [LoggerMessage(1007, LogLevel.Error, "Enricher {Enricher} failed; the event goes without its attributes.")]
    public static partial void EnricherFailed(this ILogger logger, Exception exception, string enricher);

    [LoggerMessage(1008, LogLevel.Error,
        "Event {EventName} is of class Audit, which must be on disk before it is accepted, and no spool is registered: it was refused, and " +
        "so will be all of its class. Add the package Telemetry.Events.Spool and the line .AddSpool(\"/var/lib/my-service/spool\") after " +
        ".AddTelemetryEvents().")]
    public static partial void NoSpool(this ILogger logger, EventName eventName);

    [LoggerMessage(1009, LogLevel.Error,
        "What earlier processes left in the spool could not be taken over; it stays there for the next start.")]
    public static partial void TakeOverFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1010, LogLevel.Warning,
        "{Events} {Delivery} events of an earlier process were for transport {Transport}, which is not registered; each goes where its " +
        "topic is sent now.")]
    public static partial void TransportGone(this ILogger logger, long events, DeliveryClass delivery, string transport);

    [LoggerMessage(1011, LogLevel.Information, "Publisher stopped; {Spooled} events stay on disk for the next start. {Ledger}")]
    public static partial void StoppedSpooled(this ILogger logger, long spooled, LedgerSnapshot ledger);

    [LoggerMessage(1012, LogLevel.Warning,
        "{Delivery} events for {Transport} go to the spool from now on; memory holds {Events} events, {Bytes} bytes.")]
    public static partial void Spilling(this ILogger logger, DeliveryClass delivery, string transport, int events, long bytes);

    [LoggerMessage(1013, LogLevel.Information, "{Delivery} events for {Transport} stay in memory again; {Spooled} are in the spool.")]
    public static partial void SpillEnded(this ILogger logger, DeliveryClass delivery, string transport, long spooled);

    [LoggerMessage(1014, LogLevel.Error,
        "The spool takes no {Delivery} events for {Transport} ({Reason}); they stay in memory, and are refused when that is full.")]
    public static partial void SpillRefused(this ILogger logger, DeliveryClass delivery, string transport, string reason);
}
