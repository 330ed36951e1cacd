using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.ClickHouse;

namespace Telemetry.Collector.Tests.Storage;

[Trait("Category", "Integration")]
public sealed class ClickHouseRunStoreTests(ClickHouseFixture clickHouse) : RunStoreContract, IClassFixture<ClickHouseFixture>
{
    private readonly Dictionary<string, string> _databases = [];

    protected override Task<IRunStore> CreateAsync(RunSchedule schedule) =>
        Task.FromResult<IRunStore>(new ClickHouseRunStore(clickHouse.Tables(clickHouse.NewName()), schedule));

    protected override Task<IRunStore> OpenAsync(string name, RunSchedule schedule)
    {
        if (!_databases.TryGetValue(name, out var database))
            _databases.Add(name, database = clickHouse.NewName());
        return Task.FromResult<IRunStore>(new ClickHouseRunStore(clickHouse.Tables(database), schedule));
    }
}
