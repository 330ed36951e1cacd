namespace Telemetry.Collector.Quotas.Log.DuckDb;

/// <summary>Records that wait to be written, and who waits for them.</summary>
internal sealed record PendingAppend(IReadOnlyList<StateRecord> Records)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
