using System.Data.Common;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>How every engine reads a row of <c>run_events</c>.</summary>
internal static class RunEventRow
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "kind, task_id, boundary, event_id, time, user_id, model, node, tenant_id, vm_type, outcome, error";

    private const string Start = "start";
    private const string Finish = "finish";

    public static string NameOf(RunBoundary boundary) => boundary is RunBoundary.Start ? Start : Finish;

    public static RunEvent Read(DbDataReader row) => new()
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
