using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Events.HealthChecks;
using Telemetry.Events.Testing;
using Telemetry.Events.Tests.Publishing;

namespace Telemetry.Events.Tests.HealthChecks;

public class TelemetryEventsHealthCheckTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task It_is_registered_with_the_publisher()
    {
        var services = new ServiceCollection();
        services.AddTelemetryEvents().UseInMemory(new InMemoryTransport());
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager());
        services.AddLogging();
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Entries["telemetry-events"].Status);
    }

    [Fact]
    public async Task Events_that_stand_still_make_it_unhealthy_and_progress_makes_it_healthy_again()
    {
        var transport = new BlockingTransport();
        await using var publisher = PublisherFixture.Create(transport);
        var check = Check(publisher);
        await publisher.OccupySenderAsync(transport);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(HealthStatus.Healthy, (await StatusAsync(check)).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        var stalled = await StatusAsync(check);
        Assert.Equal(HealthStatus.Unhealthy, stalled.Status);
        Assert.StartsWith("1 events are in flight or spooled and none was delivered for 30 s.", stalled.Description, StringComparison.Ordinal);

        transport.Release();
        await publisher.FlushAsync(PublisherFixture.Patience);
        Assert.Equal(HealthStatus.Healthy, (await StatusAsync(check)).Status);
    }

    [Fact]
    public async Task Losses_since_the_last_look_make_it_degraded_once()
    {
        await using var publisher = PublisherFixture.Create(new InMemoryTransport(), options => options.MaxEventBytes = 1024);
        var check = Check(publisher);
        publisher.Publish(new UsageSample(new string('x', 2000)));

        var degraded = await StatusAsync(check);

        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.StartsWith("1 events were dropped or refused since the last check.", degraded.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, (await StatusAsync(check)).Status);
    }

    private TelemetryEventsHealthCheck Check(IEventPublisher publisher) =>
        new(publisher, Microsoft.Extensions.Options.Options.Create(new TelemetryEventsOptions()), _time);

    private static Task<HealthCheckResult> StatusAsync(TelemetryEventsHealthCheck check) =>
        check.CheckHealthAsync(new HealthCheckContext());
}
