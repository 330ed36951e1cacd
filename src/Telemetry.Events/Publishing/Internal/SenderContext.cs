using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Publishing;

/// <summary>What all senders of a publisher work with.</summary>
internal sealed record SenderContext(TelemetryEventsOptions Options, PublisherMetrics Metrics, TimeProvider Time, ILogger Logger);
