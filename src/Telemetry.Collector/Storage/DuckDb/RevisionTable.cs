using System.Text.Json;
using DuckDB.NET.Data;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Rows of <c>run_revisions</c>.</summary>
internal static class RevisionTable
{
    public static void Insert(DuckDBConnection connection, IReadOnlyCollection<(Run Run, MeasurementExplanation? Explanation)> revisions)
    {
        using var appender = connection.CreateAppender("run_revisions");
        foreach (var (run, explanation) in revisions)
        {
            appender.CreateRow()
                .AppendValue(run.Id)
                .AppendValue((int?)run.Revision)
                .AppendValue(RevisionKindNames.Of(run.RevisionKind!.Value))
                .AppendValue(RunStateNames.Of(run.State))
                .AppendValue(run.MeasuredAt?.UtcDateTime)
                .AppendValue(explanation is null ? null : JsonSerializer.Serialize(explanation, StorageJson.Default.MeasurementExplanation))
                .EndRow();
        }
    }

    public static List<RunRevision> Of(DuckDBConnection connection, string runId) => connection.Query(
        "SELECT revision, kind, state, measured_at, explanation FROM run_revisions WHERE run_id = $id ORDER BY revision",
        row => new RunRevision(
            row.GetInt32(0),
            RevisionKindNames.Find(row.GetString(1)) ?? throw Unknown("kind", row.GetString(1)),
            RunStateNames.Find(row.GetString(2)) ?? throw Unknown("state", row.GetString(2)),
            row.GetUtc(3),
            row.GetText(4) is { } json ? JsonSerializer.Deserialize(json, StorageJson.Default.MeasurementExplanation) : null),
        ("id", runId));

    private static InvalidDataException Unknown(string column, string value) =>
        new($"The store has a revision of {column} '{value}', which this version does not know.");
}
