using Microsoft.Extensions.Logging;
using Telemetry.Events.Catalog;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Reporting;

/// <summary>
/// Gives reports up where their topic does not exist. Transports try such an event again without end, since the topic may be made; but what
/// the service itself publishes would wait behind a report for a topic that nobody asked it to have. Safe for use from any thread.
/// </summary>
internal sealed class ReportTopic(ILogger logger)
{
    // The codes of all transports for it: unknown_topic, unknown_topic_or_part, unknown_topic_id.
    private const string MissingPrefix = "unknown_topic";

    private int _isMissing;

    /// <summary>Whether a report was given up for that; then none follows.</summary>
    public bool IsMissing => Volatile.Read(ref _isMissing) != 0;

    /// <summary>Whether an event that is not settled is a report that will not be.</summary>
    public bool GivesUp(string topic, in DeliveryOutcome outcome)
    {
        if (topic != TelemetryProducerReport.Descriptor.Topic || outcome.Reason?.StartsWith(MissingPrefix, StringComparison.Ordinal) != true)
            return false;
        if (Interlocked.Exchange(ref _isMissing, 1) == 0)
            logger.ReportTopicMissing(topic);
        return true;
    }
}
