using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Telemetry.Events.Context;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Options;

public class StartUpTests
{
    [Fact]
    public async Task The_host_starts_the_publisher_and_delivers_at_its_stop()
    {
        var transport = new InMemoryTransport();
        using (var host = Build(builder => builder.Services.AddTelemetryEvents().UseInMemory(transport)))
        {
            await host.StartAsync();
            host.Services.GetRequiredService<IEventPublisher>().Publish(new UsageSample("a"));
            await host.StopAsync();
        }

        Assert.Single(transport.Delivered);
        Assert.True(transport.IsDisposed);
    }

    [Fact]
    public async Task Calling_it_twice_is_harmless()
    {
        var transport = new InMemoryTransport();
        using var host = Build(builder =>
        {
            builder.Services.AddTelemetryEvents(options => options.ServiceName = "first");
            builder.Services.AddTelemetryEvents(options => options.ServiceName = "second").UseInMemory(transport);
        });
        await host.StartAsync();

        host.Services.GetRequiredService<IEventPublisher>().Publish(new UsageSample("a"));
        await host.StopAsync();

        Assert.Equal("/second", Assert.Single(transport.Delivered).Envelope.Source);
    }

    [Fact]
    public async Task Without_a_transport_the_start_fails_with_the_lines_to_add()
    {
        using var host = Build(builder => builder.Services.AddTelemetryEvents());

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(".AddKafka();", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Context:NodeId", "node-7", "TelemetryEvents:Context:NodeId (environment variable NODE_ID) is 'node-7', which is not a UUID. Set it to one")]
    [InlineData("Context:TenantId", "42", "(environment variable TENANT_ID) is '42', which is not a UUID")]
    [InlineData("ServiceName", "My Service", "TelemetryEvents:ServiceName is 'My Service'. Set it to 1 to 128 of a-z")]
    [InlineData("MaxBufferedEvents", "0", "TelemetryEvents:MaxBufferedEvents is 0. Set it to a value from 1 to 10000000.")]
    [InlineData("MaxBufferedBytes", "2000", "TelemetryEvents:MaxBufferedBytes is 2000, less than TelemetryEvents:MaxEventBytes (1000000)")]
    [InlineData("MaxEventBytes", "10", "TelemetryEvents:MaxEventBytes is 10. Set it to a value from 1024 to 100000000.")]
    [InlineData("MaxBatchEvents", "-1", "TelemetryEvents:MaxBatchEvents is -1.")]
    [InlineData("RetryMaxDelay", "00:00:00.100", "TelemetryEvents:RetryMaxDelay is 00:00:00.1000000. Set it to a value from 00:00:00.2000000 to 01:00:00.")]
    [InlineData("ShutdownTimeout", "-00:00:01", "TelemetryEvents:ShutdownTimeout is -00:00:01.")]
    [InlineData("TakeOverInterval", "00:00:00", "TelemetryEvents:TakeOverInterval is 00:00:00. Set it to a value from 00:00:01")]
    [InlineData("Report:Interval", "00:00:00.5", "TelemetryEvents:Report:Interval is 00:00:00.5000000. Set it to a value from 00:00:01")]
    [InlineData("Audit:CommitTimeout", "00:00:00", "TelemetryEvents:Audit:CommitTimeout is 00:00:00. Set it to a value from 00:00:00.0100000")]
    [InlineData("Audit:Required", "true", ".AddSpool(\"/var/lib/my-service/spool\");")]
    public async Task A_bad_option_fails_the_start_with_its_name_its_value_and_the_fix(string key, string value, string expected)
    {
        using var host = Build(
            builder => builder.Services.AddTelemetryEvents().UseInMemory(new InMemoryTransport()), ($"TelemetryEvents:{key}", value));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_says_it_publishes_audit_events_does_not_start_without_a_spool()
    {
        using var required = Build(builder => builder.Services.AddTelemetryEvents().RequireAudit().UseInMemory(new InMemoryTransport()));
        using var routed = Build(builder =>
        {
            builder.Services.AddTelemetryEvents().RouteDelivery(DeliveryClass.Audit, "in-memory");
            builder.Services.AddSingleton<IEventTransport>(new InMemoryTransport());
        });

        var first = await Assert.ThrowsAsync<OptionsValidationException>(() => required.StartAsync());
        var second = await Assert.ThrowsAsync<OptionsValidationException>(() => routed.StartAsync());

        Assert.Contains("TelemetryEvents:Audit:Required is true, and no spool is registered", first.Message, StringComparison.Ordinal);
        Assert.Contains("TelemetryEvents:Routes has a route for class Audit, and no spool is registered", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_wins_over_configuration_and_configuration_over_the_environment()
    {
        using var host = Build(
            builder =>
            {
                builder.Services.AddTelemetryEvents(options => options.Context.VmType = "from code").UseInMemory(new InMemoryTransport());
                builder.Services.AddSingleton<IPostConfigureOptions<TelemetryEventsOptions>>(
                    new EnvironmentContext(variable => variable == EnvironmentContext.StorageSize ? " " : $"{variable} from environment"));
            },
            ("TelemetryEvents:Context:VmType", "from configuration"),
            ("TelemetryEvents:Context:HostName", "from configuration"));

        // Reading the value is what validates it; the UUIDs of this environment are none.
        var exception = Assert.Throws<OptionsValidationException>(
            () => host.Services.GetRequiredService<IOptions<TelemetryEventsOptions>>().Value);
        Assert.Contains("NODE_ID from environment", exception.Message, StringComparison.Ordinal);

        var options = new TelemetryEventsOptions { Context = { VmType = "from code", HostName = "from configuration" } };
        new EnvironmentContext(variable => variable == EnvironmentContext.StorageSize ? " " : $"{variable} from environment")
            .PostConfigure(null, options);
        Assert.Equal("from code", options.Context.VmType);
        Assert.Equal("from configuration", options.Context.HostName);
        Assert.Equal("STORAGE_TYPE from environment", options.Context.StorageType);
        Assert.Null(options.Context.StorageSize);
    }

    private static IHost Build(Action<HostApplicationBuilder> configure, params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)));
        configure(builder);
        return builder.Build();
    }
}
