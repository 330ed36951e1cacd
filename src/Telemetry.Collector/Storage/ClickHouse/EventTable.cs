using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>Rows of <c>run_events</c>: the events that runs are made of. From any thread.</summary>
internal sealed class EventTable(ClickHouseDatabase database)
{
    // A query's text is 256 KiB at most.
    private const int MostKeys = 4000;

    public static IReadOnlyList<(string Name, string Type)> Columns { get; } =
    [
        ("task_key", "String"),
        ("kind", "LowCardinality(String)"),
        ("task_id", "String"),
        ("boundary", "LowCardinality(String)"),
        ("event_id", "String"),
        ("time", "DateTime64(6, 'UTC')"),
        ("user_id", "Nullable(String)"),
        ("model", "LowCardinality(Nullable(String))"),
        ("node", "LowCardinality(Nullable(String))"),
        ("tenant_id", "LowCardinality(Nullable(String))"),
        ("vm_type", "LowCardinality(Nullable(String))"),
        ("outcome", "LowCardinality(Nullable(String))"),
        ("error", "Nullable(String)"),
    ];

    /// <summary>All events of the tasks that are stored now, each once.</summary>
    public async Task<List<RunEvent>> ReadAsync(IEnumerable<string> taskKeys, CancellationToken cancellationToken)
    {
        List<RunEvent> events = [];
        foreach (var keys in taskKeys.Chunk(MostKeys))
        {
            events.AddRange(await database.QueryAsync(
                $"SELECT {RunEventRow.Columns} FROM {database.Table(RunSchema.Events)} FINAL WHERE task_key IN ({string.Join(',', keys.Select(key => $"'{RunKey.Checked(key)}'"))})",
                RunEventRow.Read,
                cancellationToken));
        }

        return events;
    }

    public Task InsertAsync(IReadOnlyCollection<RunEvent> events, CancellationToken cancellationToken) => database.InsertAsync(
        RunSchema.Events,
        Columns,
        events.Select(one => new object?[]
        {
            TaskKey.Of(one.Kind, one.TaskId),
            RunKindNames.Of(one.Kind),
            one.TaskId,
            RunEventRow.NameOf(one.Boundary),
            one.EventId,
            one.Time.UtcDateTime,
            one.UserId,
            one.Model,
            one.Node,
            one.TenantId,
            one.VmType,
            one.Outcome,
            one.Error,
        }),
        cancellationToken);
}
