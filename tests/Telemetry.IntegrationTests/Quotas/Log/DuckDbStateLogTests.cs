using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Log.DuckDb;

namespace Telemetry.IntegrationTests.Quotas.Log;

[Trait("Category", "Integration")]
public sealed class DuckDbStateLogTests : StateLogContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state-").FullName;

    private protected override IStateLog Open() => new DuckDbStateLog(Path.Combine(_folder, "quota.duckdb"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_closed_log_surely_takes_nothing()
    {
        var log = Open();
        Close(log);

        var failure = await Assert.ThrowsAsync<StateLogException>(async () => await log.AppendAsync([Record("a/1", "ann", "one")], default));

        Assert.False(failure.IsOutcomeUnknown);
    }
}
