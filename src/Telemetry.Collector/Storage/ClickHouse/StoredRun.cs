using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>A row of <c>runs</c>.</summary>
/// <param name="Run">What it says.</param>
/// <param name="Version">How much is known in it.</param>
internal sealed record StoredRun(Run Run, RowVersion Version)
{
    public RunKey Key => RunKey.Of(Run);
}
