using Microsoft.AspNetCore.Mvc;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Api;

/// <summary>The query of <c>GET /v1/runs</c>, as text, so that each wrong value gets its own sentence.</summary>
/// <param name="User">Runs of this user_id.</param>
/// <param name="Task">Runs of this task_id.</param>
/// <param name="State">open, finished, measured or no_data.</param>
/// <param name="From">Runs that started at or after this time, such as 2026-08-01T12:00:00Z.</param>
/// <param name="To">Runs that started before this time.</param>
/// <param name="Limit">1 to 1000; default 100.</param>
internal sealed record RunQuery(
    [FromQuery(Name = "user")] string? User,
    [FromQuery(Name = "task")] string? Task,
    [FromQuery(Name = "state")] string? State,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "limit")] string? Limit)
{
    /// <returns>The filter, or what is wrong with the query.</returns>
    public (RunFilter Filter, string? Problem) Parse()
    {
        var values = new QueryValues();
        var filter = new RunFilter
        {
            UserId = values.Text("user", User),
            TaskId = values.Text("task", Task),
            State = State is null ? null : RunStateNames.Find(State),
            From = values.Time("from", From),
            To = values.Time("to", To),
            Limit = values.Limit(Limit, RunFilter.DefaultLimit, RunFilter.MaxLimit),
        };
        if (State is not null && filter.State is null)
            values.Fail($"state '{State}' is not one of {string.Join(", ", RunStateNames.All)}.");
        if (filter.From > filter.To)
            values.Fail("from is after to: exchange them.");
        return (filter, values.Problem);
    }
}
