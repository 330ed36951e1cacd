using Microsoft.AspNetCore.Mvc;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Api;

/// <summary>The query of <c>GET /v1/aggregates</c>, as text, so that each wrong value gets its own sentence.</summary>
/// <param name="By">One or more of user, model, node, vm_type and day, with commas between.</param>
/// <param name="User">Runs of this user_id.</param>
/// <param name="Kind">load, task or mcp_task.</param>
/// <param name="Node">Runs on this node.</param>
/// <param name="Model">Runs of this model.</param>
/// <param name="From">Runs that started at or after this time, such as 2026-08-01T12:00:00Z.</param>
/// <param name="To">Runs that started before this time.</param>
/// <param name="Format">json (the default) or csv.</param>
internal sealed record AggregateQuery(
    [FromQuery(Name = "by")] string? By,
    [FromQuery(Name = "user")] string? User,
    [FromQuery(Name = "kind")] string? Kind,
    [FromQuery(Name = "node")] string? Node,
    [FromQuery(Name = "model")] string? Model,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "format")] string? Format)
{
    private static readonly Dictionary<string, RunAggregateKey> Keys = new(StringComparer.Ordinal)
    {
        ["user"] = RunAggregateKey.User,
        ["model"] = RunAggregateKey.Model,
        ["node"] = RunAggregateKey.Node,
        ["vm_type"] = RunAggregateKey.VmType,
        ["day"] = RunAggregateKey.Day,
    };

    /// <summary>The names of the keys, in their order.</summary>
    public IReadOnlyList<string> Names => By?.Split(',') ?? [];

    /// <returns>The query and whether CSV is wanted, or what is wrong with it.</returns>
    public (RunAggregateQuery Query, bool IsCsv, string? Problem) Parse()
    {
        var values = new QueryValues();
        List<RunAggregateKey> keys = [];
        foreach (var name in Names)
        {
            if (!Keys.TryGetValue(name, out var key))
                values.Fail($"by '{name}' is not one of {string.Join(", ", Keys.Keys)}.");
            else if (keys.Contains(key))
                values.Fail($"by has '{name}' twice: name each key once.");
            else
                keys.Add(key);
        }

        if (By is null)
            values.Fail($"by is missing: name one or more of {string.Join(", ", Keys.Keys)}, with commas between.");
        var kind = Kind is null ? null : RunKindNames.Find(Kind);
        if (Kind is not null && kind is null)
            values.Fail($"kind '{Kind}' is not one of {string.Join(", ", Enum.GetValues<RunKind>().Select(RunKindNames.Of))}.");
        var (from, to) = values.Span(From, To);
        var filter = new RunFilter
        {
            UserId = values.Text("user", User),
            Kind = kind,
            Node = values.Text("node", Node),
            Model = values.Text("model", Model),
            From = from,
            To = to,
        };
        return (new RunAggregateQuery(keys, filter), values.IsCsv(Format), values.Problem);
    }
}
