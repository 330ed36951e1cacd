using Telemetry.Collector.Completeness;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage.DuckDb;
using Telemetry.Collector.Tests.Storage;

namespace Telemetry.Collector.Tests.Completeness;

public sealed class DuckDbCompletenessStoreTests : CompletenessStoreContract, IDisposable
{
    private readonly TempDirectory _directory = new();

    protected override ICompletenessStore Open(params string[] topics) => DuckDbCompletenessStore.Open(_directory.File("store.duckdb"), topics);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_shares_a_file_with_the_runs()
    {
        using var runs = DuckDbRunStore.Open(_directory.File("store.duckdb"), new RunSchedule { SettleDelay = TimeSpan.Zero });
        using var store = (IDisposable)Open();

        Assert.Empty(await runs.FindDeadLettersAsync(10, CancellationToken.None));
        Assert.Empty(await ((ICompletenessStore)store).FindReportsAsync(CancellationToken.None));
    }
}
