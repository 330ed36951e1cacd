using System.Data.Common;
using DuckDB.NET.Data;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Rows of <c>run_events</c>: the events that runs are made of, each once.</summary>
internal static class EventTable
{
    private const string Start = "start";
    private const string Finish = "finish";

    /// <summary>The events of tasks; a task of the same id may be of another kind.</summary>
    public static List<RunEvent> ReadTasks(DuckDBConnection connection, List<string> taskIds) => connection.Query(
        """
        SELECT kind, task_id, boundary, event_id, time, user_id, model, node, tenant_id, vm_type, outcome, error
        FROM run_events WHERE task_id IN (SELECT unnest($tasks))
        """,
        Read,
        ("tasks", taskIds));

    public static void Insert(DuckDBConnection connection, IReadOnlyCollection<RunEvent> events)
    {
        using var appender = connection.CreateAppender("run_events");
        foreach (var one in events)
        {
            appender.CreateRow()
                .AppendValue(RunKindNames.Of(one.Kind))
                .AppendValue(one.TaskId)
                .AppendValue(one.Boundary is RunBoundary.Start ? Start : Finish)
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

    private static RunEvent Read(DbDataReader row) => new()
    {
        Kind = RunKindNames.Find(row.GetString(0))
            ?? throw new InvalidDataException($"The store has an event of kind '{row.GetString(0)}', which this version does not know."),
        TaskId = row.GetString(1),
        Boundary = row.GetString(2) is Start ? RunBoundary.Start : RunBoundary.Finish,
        EventId = row.GetString(3),
        Time = row.GetUtc(4)!.Value,
        UserId = row.GetText(5),
        Model = row.GetText(6),
        Node = row.GetText(7),
        TenantId = row.GetText(8),
        VmType = row.GetText(9),
        Outcome = row.GetText(10),
        Error = row.GetText(11),
    };
}
