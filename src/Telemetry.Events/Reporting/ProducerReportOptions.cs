using Telemetry.Events.Catalog;

namespace Telemetry.Events;

/// <summary>
/// The publisher's own account, sent as event <c>telemetry.producer.report</c> (<see cref="TelemetryProducerReport"/>) to topic
/// <c>telemetry_producer</c>: from it a consumer proves that nothing is missing.
/// </summary>
public sealed class ProducerReportOptions
{
    /// <summary>
    /// Whether reports are sent. Default: yes; no where the transport is one of Telemetry.Events.Testing. A publisher that has accepted
    /// nothing sends none.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>How often; one more goes out at shutdown. 1 s to 1 day; default 1 minute.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    internal bool IsEnabled => Enabled ?? true;
}
