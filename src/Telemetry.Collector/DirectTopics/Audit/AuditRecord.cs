namespace Telemetry.Collector.DirectTopics.Audit;

/// <summary>Who did what to which resource.</summary>
/// <param name="Time">When; UTC.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Topic">The topic it came by.</param>
/// <param name="Type">The event's name.</param>
/// <param name="Source">The service that says so.</param>
/// <param name="Actor">Who; null where the event names nobody.</param>
/// <param name="Action">What, such as read; null where the type says it all.</param>
/// <param name="Resource">The asset, policy or service it was done to; empty where the event names none.</param>
/// <param name="Decision">allow or deny; null where nothing was decided.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record AuditRecord(
    DateTime Time, string Id, string Topic, string Type, string Source, string? Actor, string? Action, string Resource, string? Decision, string? Reason);
