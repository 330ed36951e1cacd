using Microsoft.AspNetCore.Mvc;
using Telemetry.Collector.Api;
using Telemetry.Collector.DirectTopics.Audit;

namespace Telemetry.Collector.DirectTopics.Api;

/// <summary>The query of <c>GET /v1/audit</c>, as text, so that each wrong value gets its own sentence.</summary>
/// <param name="From">Events at or after this time, such as 2026-08-01T12:00:00Z.</param>
/// <param name="To">Events before this time.</param>
/// <param name="Actor">Events of this actor_id.</param>
/// <param name="Resource">Events about this asset, policy or other subject.</param>
/// <param name="Action">Events of this action, such as read.</param>
/// <param name="Decision">allow or deny.</param>
/// <param name="Topic">Events of this topic alone.</param>
/// <param name="After">The next of the page before.</param>
/// <param name="Limit">1 to 10000; default 100.</param>
/// <param name="Format">json or csv; default json.</param>
internal sealed record AuditQuery(
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "actor")] string? Actor,
    [FromQuery(Name = "resource")] string? Resource,
    [FromQuery(Name = "action")] string? Action,
    [FromQuery(Name = "decision")] string? Decision,
    [FromQuery(Name = "topic")] string? Topic,
    [FromQuery(Name = "after")] string? After,
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "format")] string? Format)
{
    /// <returns>The filter, or what is wrong with the query.</returns>
    public (AuditFilter Filter, string? Problem) Parse()
    {
        var values = new QueryValues();
        AuditCursor? after = null;
        if (After is not null && !AuditCursor.TryParse(After, out after))
            values.Fail("after is not what a page before gave as next.");
        var filter = new AuditFilter
        {
            From = values.Time("from", From),
            To = values.Time("to", To),
            Actor = values.Text("actor", Actor),
            Resource = values.Text("resource", Resource),
            Action = values.Text("action", Action),
            Decision = Decision,
            Topic = values.Text("topic", Topic),
            After = after,
            Limit = values.Limit(Limit, AuditFilter.DefaultLimit, AuditFilter.MaxLimit),
        };
        if (Decision is not (null or "allow" or "deny"))
            values.Fail($"decision '{Decision}' is not one of allow, deny.");
        if (Format is not (null or "json" or "csv"))
            values.Fail($"format '{Format}' is not one of json, csv.");
        if (filter.From > filter.To)
            values.Fail("from is after to: exchange them.");
        return (filter, values.Problem);
    }
}
