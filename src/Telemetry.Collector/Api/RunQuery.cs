using Microsoft.AspNetCore.Mvc;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Api;

/// <summary>The query of <c>GET /v1/runs</c>, as text, so that each wrong value gets its own sentence.</summary>
/// <param name="User">Runs of this user_id.</param>
/// <param name="Task">Runs of this task_id.</param>
/// <param name="Kind">load, task or mcp_task.</param>
/// <param name="Node">Runs on this node.</param>
/// <param name="Model">Runs of this model.</param>
/// <param name="State">open, finished, measured, no_data or orphaned.</param>
/// <param name="From">Runs that started at or after this time, such as 2026-08-01T12:00:00Z.</param>
/// <param name="To">Runs that started before this time.</param>
/// <param name="Limit">1 to 1000; default 100.</param>
/// <param name="Format">json (the default) or csv.</param>
internal sealed record RunQuery(
    [FromQuery(Name = "user")] string? User,
    [FromQuery(Name = "task")] string? Task,
    [FromQuery(Name = "kind")] string? Kind,
    [FromQuery(Name = "node")] string? Node,
    [FromQuery(Name = "model")] string? Model,
    [FromQuery(Name = "state")] string? State,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "format")] string? Format)
{
    /// <returns>The filter and whether CSV is wanted, or what is wrong with the query.</returns>
    public (RunFilter Filter, bool IsCsv, string? Problem) Parse()
    {
        var values = new QueryValues();
        var filter = new RunFilter
        {
            UserId = values.Text("user", User),
            TaskId = values.Text("task", Task),
            Kind = Kind is null ? null : RunKindNames.Find(Kind),
            Node = values.Text("node", Node),
            Model = values.Text("model", Model),
            State = State is null ? null : RunStateNames.Find(State),
            Limit = values.Limit(Limit, RunFilter.DefaultLimit, RunFilter.MaxLimit),
        };
        if (State is not null && filter.State is null)
            values.Fail($"state '{State}' is not one of {string.Join(", ", RunStateNames.All)}.");
        if (Kind is not null && filter.Kind is null)
            values.Fail($"kind '{Kind}' is not one of {string.Join(", ", Enum.GetValues<RunKind>().Select(RunKindNames.Of))}.");
        var (from, to) = values.Span(From, To);
        var isCsv = values.IsCsv(Format);
        return (filter with { From = from, To = to }, isCsv, values.Problem);
    }
}
