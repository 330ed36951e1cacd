namespace Telemetry.Collector.Ingestion;

/// <summary>
/// Which event hub the Collector reads MCP events from, beside Kafka. Configuration section <c>Collector:EventHubs</c>; checked at
/// start-up. Batches and retries are those of <see cref="IngestionOptions"/>.
/// </summary>
public sealed class EventHubsIngestionOptions
{
    public const string SectionName = "Collector:EventHubs";

    /// <summary>
    /// The connection string of the namespace or the event hub, with the right Listen. A secret. Default: environment variable
    /// EVENT_HUBS_CONNECTION_STRING; where that is not set either, no event hub is read.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The event hub. Default: the connection string's <c>EntityPath</c>, else <c>mcp</c>.</summary>
    public string? EventHub { get; set; }

    /// <summary>The Kafka consumer group; instances of one group share the partitions. Default <c>telemetry-collector</c>.</summary>
    public string GroupId { get; set; } = "telemetry-collector";

    /// <summary>Further librdkafka properties, such as <c>ssl.ca.location</c>. Default: none.</summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal bool IsConfigured => !string.IsNullOrWhiteSpace(ConnectionString);
}
