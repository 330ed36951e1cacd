using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>Log messages about completeness. Event ids 2700 to 2749 are its own and keep their meaning.</summary>
internal static partial class CompletenessLog
{
    [LoggerMessage(2700, LogLevel.Error,
        "{Missing} {Delivery} events of producer {Producer} ({Source}) are missing: they did not arrive, and nobody answers for them. " +
        "GET /v1/completeness has their sequences.")]
    public static partial void Missing(this ILogger logger, long missing, DeliveryClass delivery, string producer, string? source);

    [LoggerMessage(2701, LogLevel.Warning, "Completeness could not be judged; tried again at the next interval.")]
    public static partial void NotJudged(this ILogger logger, Exception exception);
}
