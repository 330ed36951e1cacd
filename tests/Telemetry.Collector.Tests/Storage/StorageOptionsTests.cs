using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Tests.Hosting;

namespace Telemetry.Collector.Tests.Storage;

public sealed class StorageOptionsTests : IDisposable
{
    private const string Url = "http://127.0.0.1:9";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_engine_is_DuckDb_unless_the_address_of_a_ClickHouse_is_set()
    {
        Assert.Equal(StorageMode.DuckDb, Read().Mode);
        Assert.Equal(StorageMode.ClickHouse, Read("--CLICKHOUSE_URL", Url).Mode);
        Assert.Equal(StorageMode.ClickHouse, Read("--Collector:ClickHouse:Url", Url).Mode);
        Assert.Equal(StorageMode.DuckDb, Read("--CLICKHOUSE_URL", Url, "--Collector:Storage:Mode", "DuckDb").Mode);
    }

    [Fact]
    public void A_file_with_runs_is_not_left_behind_because_of_an_address()
    {
        var path = _directory.File("store.duckdb");
        File.WriteAllText(path, "");

        var failure = Assert.Throws<OptionsValidationException>(() => Read("--CLICKHOUSE_URL", Url, "--Collector:Storage:Path", path));

        Assert.Contains($"the file '{path}' holds the runs of before. Set Collector:Storage:Mode to DuckDb", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            StorageMode.ClickHouse, Read("--CLICKHOUSE_URL", Url, "--Collector:Storage:Path", path, "--Collector:Storage:Mode", "ClickHouse").Mode);
    }

    [Theory]
    [InlineData("--Collector:Storage:Mode", "ClickHouse", "Collector:Storage:Mode is ClickHouse, but no address is set")]
    [InlineData("--Collector:Storage:Mode", "7", "Collector:Storage:Mode is 7")]
    [InlineData("--Collector:Storage:Path", " ", "Collector:Storage:Path is empty")]
    [InlineData("--Collector:Storage:RetentionDays", "7", "Collector:Storage:RetentionDays is 7. Set it to a value from 8 to 36500.")]
    public void A_wrong_option_says_what_would_be_right(string name, string value, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<OptionsValidationException>(() => Read(name, value)).Message, StringComparison.Ordinal);

    private static StorageOptions Read(params string[] args)
    {
        var app = CollectorApplication.Create([.. RunningCollector.NoKafka, .. args]);
        using var disposed = (IDisposable)app;
        return app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
    }
}
