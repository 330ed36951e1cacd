using Azure.Core;

namespace Telemetry.Events.EventHubs;

/// <summary>
/// How events reach Azure Event Hubs. Bound from the configuration section <c>TelemetryEvents:EventHubs</c>; code wins over
/// configuration, configuration over the environment. Checked at start-up.
/// </summary>
/// <remarks>
/// Either <see cref="ConnectionString"/>, or <see cref="FullyQualifiedNamespace"/> with <see cref="Credential"/>.
/// </remarks>
public sealed class EventHubsOptions
{
    /// <summary>The configuration section: <c>TelemetryEvents:EventHubs</c>.</summary>
    public const string SectionName = "TelemetryEvents:EventHubs";

    /// <summary>
    /// The environment variable that is read where neither <see cref="ConnectionString"/> nor
    /// <see cref="FullyQualifiedNamespace"/> is set: EVENT_HUBS_CONNECTION_STRING.
    /// </summary>
    public const string ConnectionStringVariable = "EVENT_HUBS_CONNECTION_STRING";

    /// <summary>
    /// The connection string of the namespace or of the event hub, as the portal shows it; see
    /// <see cref="EventHubsConnectionString"/>. A secret. Default: EVENT_HUBS_CONNECTION_STRING.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The namespace's host, such as <c>contoso.servicebus.windows.net</c>; for use with <see cref="Credential"/>.</summary>
    public string? FullyQualifiedNamespace { get; set; }

    /// <summary>Fetches tokens of Microsoft Entra ID, such as a <c>DefaultAzureCredential</c>. Set in code only.</summary>
    public TokenCredential? Credential { get; set; }

    /// <summary>
    /// The event hub, which is also the topic that is routed to it. It must exist. Default: the connection string's
    /// <c>EntityPath</c>.
    /// </summary>
    public string? EventHub { get; set; }

    /// <summary>
    /// Further topics that go to Event Hubs: the event hub's name by the topic's. Where a hub's name differs from the catalog's
    /// topic, this maps it: <c>["mcp"] = "mcp-production"</c>. Default: none.
    /// </summary>
    public IDictionary<string, string> TopicNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The namespace's pricing tier. <see cref="EventHubsTier.Basic"/> is refused. Default: Standard.</summary>
    public EventHubsTier Tier { get; set; } = EventHubsTier.Standard;

    /// <summary>Compression of batches. gzip needs the tier Premium or Dedicated. Default: none.</summary>
    public EventHubsCompression Compression { get; set; } = EventHubsCompression.None;

    /// <summary>
    /// How long a batch is tried before the publisher tries again what is not acknowledged. Longer than for Kafka, because a
    /// throttled hub answers late, and giving up before its answer repeats the event. 1 minute to 1 hour; default 2 minutes.
    /// </summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Further librdkafka properties; they win over the SDK's own, within the limits of Event Hubs (docs/eventhubs.md). Default:
    /// none.
    /// </summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
