namespace Telemetry.Collector.Api;

/// <summary>Runs as CSV: a line for every figure, and one for a run without any.</summary>
internal static class RunCsv
{
    public static string Of(IEnumerable<RunResponse> runs)
    {
        var csv = new CsvWriter().Line(
            "id", "kind", "task_id", "state", "user_id", "model", "node", "tenant_id", "vm_type", "started_at", "finished_at",
            "evidence_at", "duration_seconds", "outcome", "revision", "revision_kind", "metric", "aggregation", "value_state", "value",
            "lo", "hi", "unit", "samples", "coverage", "method");
        foreach (var run in runs)
        {
            foreach (var value in run.Values.DefaultIfEmpty())
            {
                csv.Line(
                    run.Id, run.Kind, run.TaskId, run.State, run.UserId, run.Model, run.Node, run.TenantId, run.VmType, run.StartedAt,
                    run.FinishedAt, run.EvidenceAt, run.DurationSeconds, run.Outcome, run.Revision, run.RevisionKind, value?.Metric,
                    value?.Aggregation, value?.State, value?.Value, value?.Lo, value?.Hi, value?.Unit, value?.Samples, value?.Coverage,
                    value?.Method);
            }
        }

        return csv.ToString();
    }
}
