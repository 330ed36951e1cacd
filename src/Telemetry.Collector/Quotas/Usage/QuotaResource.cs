namespace Telemetry.Collector.Quotas.Usage;

/// <summary>A resource, and the events that are its usage.</summary>
/// <param name="Name">Its name, such as <c>cpu</c>.</param>
/// <param name="Events">Event types with the topic that they go to.</param>
internal sealed record QuotaResource(string Name, IReadOnlyList<UsageEventType> Events);
