using DuckDB.NET.Data;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Rows of <c>run_events</c>: the events that runs are made of, each once.</summary>
internal static class EventTable
{
    /// <summary>The events of tasks; a task of the same id may be of another kind.</summary>
    public static List<RunEvent> ReadTasks(DuckDBConnection connection, List<string> taskIds) => connection.Query(
        $"SELECT {RunEventRow.Columns} FROM run_events WHERE task_id IN (SELECT unnest($tasks))",
        RunEventRow.Read,
        ("tasks", taskIds));

    public static void Insert(DuckDBConnection connection, IReadOnlyCollection<RunEvent> events)
    {
        using var appender = connection.CreateAppender("run_events");
        foreach (var one in events)
        {
            appender.CreateRow()
                .AppendValue(RunKindNames.Of(one.Kind))
                .AppendValue(one.TaskId)
                .AppendValue(RunEventRow.NameOf(one.Boundary))
                .AppendValue(one.EventId)
                .AppendValue((DateTime?)one.Time.UtcDateTime)
                .AppendValue(one.UserId)
                .AppendValue(one.Model)
                .AppendValue(one.Node)
                .AppendValue(one.TenantId)
                .AppendValue(one.VmType)
                .AppendValue(one.Outcome)
                .AppendValue(one.Error)
                .EndRow();
        }
    }
}
