using Microsoft.Extensions.Diagnostics.HealthChecks;
using Telemetry.Collector.Ingestion;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Tests.Ingestion;

public class IngestionHealthCheckTests
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(30);
    private static readonly EventConsumerStatus Well = new(2, 0, 8, 1, 0, 0, TimeSpan.Zero, null);

    [Fact]
    public void Before_the_start_it_is_not_ready() =>
        Assert.Equal(HealthStatus.Unhealthy, IngestionHealthCheck.Judge([], StallTimeout).Status);

    [Fact]
    public void With_every_source_well_it_is_ready_and_tells_of_each()
    {
        var result = IngestionHealthCheck.Judge([("kafka", Well), ("event-hubs", Well with { Handled = 0, DeadLetters = 0 })], StallTimeout);

        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Equal(
            "kafka: 2 partitions, 0 records behind, 8 handled, 1 of them dead letters. " +
            "event-hubs: 2 partitions, 0 records behind, 0 handled, 0 of them dead letters.",
            result.Description);
    }

    [Fact]
    public void One_source_that_stalls_makes_it_not_ready_and_is_named()
    {
        var stalled = Well with { Lag = 5, SinceProgress = TimeSpan.FromSeconds(31), LastError = "Handler: disk full" };

        var result = IngestionHealthCheck.Judge([("kafka", Well), ("event-hubs", stalled)], StallTimeout);

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal("event-hubs: 5 records wait and none was handled for 31 s. Handler: disk full", result.Description);
    }
}
