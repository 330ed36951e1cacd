namespace Telemetry.Collector.Quotas.Usage;

/// <summary>A kind of event that is usage of a resource.</summary>
/// <param name="Type">The event's name, such as <c>wkf.cpu.charge</c>.</param>
/// <param name="Topic">The topic, which is its landing table's name too.</param>
internal sealed record UsageEventType(string Type, string Topic);
