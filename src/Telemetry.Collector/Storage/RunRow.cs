using System.Data.Common;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>How every engine reads a row of <c>runs</c>, without its figures.</summary>
internal static class RunRow
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns =
        "run_id, kind, task_id, state, state_reason, user_id, model, node, tenant_id, vm_type, start_event_id, finish_event_id, " +
        "started_at, finished_at, outcome, error, measure_attempts, due_at, next_stage, revision, revision_kind, measured_at, evidence_at, " +
        "evidence";

    public static Run Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Kind = RunKindNames.Find(row.GetString(1)) ?? throw Unknown("kind", row.GetString(1)),
        TaskId = row.GetString(2),
        State = RunStateNames.Find(row.GetString(3)) ?? throw Unknown("state", row.GetString(3)),
        StateReason = row.GetText(4),
        UserId = row.GetText(5),
        Model = row.GetText(6),
        Node = row.GetText(7),
        TenantId = row.GetText(8),
        VmType = row.GetText(9),
        StartEventId = row.GetText(10),
        FinishEventId = row.GetText(11),
        StartedAt = row.GetUtc(12),
        FinishedAt = row.GetUtc(13),
        Outcome = row.GetText(14),
        Error = row.GetText(15),
        MeasureAttempts = row.GetInt32(16),
        DueAt = row.GetUtc(17),
        NextStage = row.GetText(18) is { } stage ? MeasurementStageNames.Find(stage) ?? throw Unknown("next_stage", stage) : null,
        Revision = row.GetInt32(19),
        RevisionKind = row.GetText(20) is { } kind ? RevisionKindNames.Find(kind) ?? throw Unknown("revision_kind", kind) : null,
        MeasuredAt = row.GetUtc(21),
        EvidenceAt = row.GetUtc(22),
        Evidence = row.GetText(23),
    };

    private static InvalidDataException Unknown(string column, string value) =>
        new($"The store has a run of {column} '{value}', which this version does not know.");
}
