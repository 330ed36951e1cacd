using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Ingestion;

namespace Telemetry.Collector.Tests.Ingestion;

public class IngestionHealthCheckTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly IngestionProgress _progress;

    public IngestionHealthCheckTests() => _progress = new IngestionProgress(_time);

    [Fact]
    public async Task Without_partitions_it_is_not_ready_and_says_the_last_error()
    {
        _progress.Failed("Kafka: broker transport failure");

        var result = await CheckAsync();

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal("No partition of xumi_load or xumi_task is assigned yet. Kafka: broker transport failure", result.Description);
    }

    [Fact]
    public async Task With_nothing_to_read_it_is_ready_however_long_that_lasts()
    {
        _progress.SetAssigned(2);
        _progress.SetLag(0);
        _time.Advance(TimeSpan.FromHours(1));
        _progress.SetLag(0);

        Assert.Equal("2 partitions, 0 records behind, 0 stored.", (await CheckAsync()).Description);
    }

    [Fact]
    public async Task Records_that_wait_while_none_is_stored_make_it_not_ready()
    {
        _progress.SetAssigned(1);
        _progress.SetLag(5);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);

        _time.Advance(TimeSpan.FromSeconds(1));
        _progress.Failed("Store: disk full");

        var result = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal("5 records wait and none was stored for 31 s. Store: disk full", result.Description);
    }

    [Fact]
    public async Task A_backlog_that_shrinks_is_progress()
    {
        _progress.SetAssigned(1);
        for (var lag = 100; lag > 0; lag--)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            _progress.Stored(1, 0);
            _progress.SetLag(lag);
        }

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    private Task<HealthCheckResult> CheckAsync() =>
        new IngestionHealthCheck(_progress, Options.Create(new IngestionOptions())).CheckHealthAsync(new HealthCheckContext());
}
