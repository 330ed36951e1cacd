using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Telemetry.Events.Spool.Tests.Publishing;
using Telemetry.Events.Spooling;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Spool.Tests;

public sealed class SpoolRegistrationTests : IDisposable
{
    private readonly SpoolFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task The_spool_binds_from_configuration_opens_once_and_shows_its_health()
    {
        using var host = Build(new() { ["TelemetryEvents:Spool:Directory"] = _fixture.Directory, ["TelemetryEvents:Spool:MaxCommitDelay"] = "00:00:00.005" });
        await host.StartAsync();

        var spool = host.Services.GetRequiredService<IEventSpool>();
        Assert.Same(spool, host.Services.GetRequiredService<IEventSpool>());
        SpoolFixture.Write(SpoolFixture.Log(spool), 1, 3);

        Assert.Equal(TimeSpan.FromMilliseconds(5), host.Services.GetRequiredService<IOptions<SpoolOptions>>().Value.MaxCommitDelay);
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(entry => entry.Name == "telemetry-spool");
        Assert.Equal((HealthStatus.Healthy, "3 events are spooled."), (report.Status, report.Entries.Values.Single().Description));
        await host.StopAsync();
    }

    [Fact]
    public void A_container_may_be_disposed_synchronously()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options => options.ServiceName = "tests").UseInMemory(new InMemoryTransport()).AddSpool(_fixture.Directory);

        using (var provider = services.BuildServiceProvider())
            Assert.True(provider.GetRequiredService<IEventPublisher>().Publish(new AuditSample(1)).IsAccepted);
    }

    [Theory]
    [InlineData("Directory", "", "TelemetryEvents:Spool:Directory is not set.")]
    [InlineData("MaxAuditBytes", "1000", "TelemetryEvents:Spool:MaxAuditBytes is 1000. Set it to a value from 4194304")]
    [InlineData("MaxUsageBytes", "-1", "TelemetryEvents:Spool:MaxUsageBytes is -1.")]
    [InlineData("MaxCommitDelay", "00:00:02", "TelemetryEvents:Spool:MaxCommitDelay is 00:00:02.")]
    [InlineData("MaxCommitDelay", "00:00:00.0005", "TelemetryEvents:Spool:MaxCommitDelay is 00:00:00.0005000.")]
    [InlineData("DegradedFillRatio", "2", "TelemetryEvents:Spool:DegradedFillRatio is 2.")]
    public async Task A_wrong_option_fails_the_start_by_its_name(string option, string value, string sentence)
    {
        using var host = Build(new() { ["TelemetryEvents:Spool:Directory"] = _fixture.Directory, [$"TelemetryEvents:Spool:{option}"] = value });

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_fills_up_is_degraded()
    {
        using var host = Build(new() { ["TelemetryEvents:Spool:Directory"] = _fixture.Directory, ["TelemetryEvents:Spool:MaxUsageBytes"] = "4194304" });
        await host.StartAsync();
        SpoolFixture.Write(SpoolFixture.Log(host.Services.GetRequiredService<IEventSpool>()), 1, 36, bodyBytes: 100_000);

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(entry => entry.Name == "telemetry-spool");

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("of 4194304 bytes", report.Entries.Values.Single().Description, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public void Code_wins_over_configuration()
    {
        using var host = Build(new() { ["TelemetryEvents:Spool:Directory"] = "/nowhere" }, events => events.AddSpool(_fixture.Directory));

        Assert.Equal(_fixture.Directory, host.Services.GetRequiredService<IOptions<SpoolOptions>>().Value.Directory);
    }

    private static IHost Build(Dictionary<string, string?> settings, Action<TelemetryEventsBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        var events = builder.Services.AddTelemetryEvents(options => options.ServiceName = "tests").AddSpool();
        builder.Services.AddSingleton<IEventTransport>(new InMemoryTransport());
        configure?.Invoke(events);
        return builder.Build();
    }
}
