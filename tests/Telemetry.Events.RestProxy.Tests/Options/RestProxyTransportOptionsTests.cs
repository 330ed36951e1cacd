using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.RestProxy.Tests.Options;

public class RestProxyTransportOptionsTests
{
    [Theory]
    [InlineData("Url", "", "No REST proxy address. Set the environment variable KAFKA_PROXY_URL or TelemetryEvents:RestProxy:Url, such as http://proxy:8082.")]
    [InlineData("Url", "ftp://user:hunter2@proxy", "TelemetryEvents:RestProxy:Url (environment variable KAFKA_PROXY_URL): 'ftp://***@proxy' is no REST proxy address")]
    [InlineData("MaxBatchRecords", "0", "TelemetryEvents:RestProxy:MaxBatchRecords is 0. Set it to a value from 1 to 10000.")]
    [InlineData("MaxRequestBytes", "100", "TelemetryEvents:RestProxy:MaxRequestBytes is 100. Set it to a value from 16384 to 100000000.")]
    [InlineData("MaxConnections", "65", "TelemetryEvents:RestProxy:MaxConnections is 65. Set it to a value from 1 to 64.")]
    [InlineData("RequestTimeout", "00:20:00", "TelemetryEvents:RestProxy:RequestTimeout is 00:20:00. Set it to a value from 00:00:00.1000000 to 00:10:00.")]
    [InlineData("ConnectTimeout", "00:00:00", "TelemetryEvents:RestProxy:ConnectTimeout is 00:00:00. Set it to a value from 00:00:00.1000000 to 00:01:00.")]
    [InlineData("HttpVersion", "3.0", "TelemetryEvents:RestProxy:HttpVersion is 3.0. Set it to 1.1 or 2.0.")]
    [InlineData("Dialect", "7", "TelemetryEvents:RestProxy:Dialect is 7. Set it to one of Auto, ConfluentV2, ConfluentV3, Strimzi.")]
    [InlineData("Password", "hunter2", "TelemetryEvents:RestProxy:Password is set without UserName.")]
    [InlineData("BearerToken", "hunter2 x", "TelemetryEvents:RestProxy:BearerToken is empty or holds characters that a header cannot carry.")]
    public async Task A_bad_option_fails_the_start_with_its_name_its_value_and_the_fix(string key, string value, string expected)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { [key] = value }));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_ways_to_authenticate_fail_the_start()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(new() { ["Url"] = "http://user:hunter2@proxy", ["BearerToken"] = "t" }));

        Assert.Contains("Url and BearerToken are set, but a request can carry one of them.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_id_needs_a_dialect_that_has_one()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(new() { ["Dialect"] = "Strimzi", ["ClusterId"] = "abc" }));

        Assert.Contains("ClusterId is set, but Strimzi has no cluster ids.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_bind_from_configuration_and_code_wins()
    {
        var builder = Builder(new()
        {
            ["Dialect"] = "Strimzi",
            ["Format"] = "Json",
            ["Compression"] = "Auto",
            ["HttpVersion"] = "2.0",
            ["MaxBatchRecords"] = "7",
            ["RequestTimeout"] = "00:00:09",
            ["TopicNames:wkf_cpu"] = "prod.wkf_cpu",
        });
        builder.Services.AddTelemetryEvents().AddRestProxy(options => options.MaxBatchRecords = 8).AddRestProxy(options => options.MaxConnections = 2);
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptions<RestProxyTransportOptions>>().Value;

        Assert.Equal((RestProxyDialect.Strimzi, RestProxyFormat.Json, RequestCompression.Auto), (options.Dialect, options.Format, options.Compression));
        Assert.Equal((new Version(2, 0), 8, 2, TimeSpan.FromSeconds(9)), (options.HttpVersion, options.MaxBatchRecords, options.MaxConnections, options.RequestTimeout));
        Assert.Equal("prod.wkf_cpu", options.TopicNames["wkf_cpu"]);
    }

    [Fact]
    public void The_environment_gives_the_address_where_nothing_else_does()
    {
        var setup = new RestProxyTransportOptionsSetup(variable => variable == "KAFKA_PROXY_URL" ? "http://env" : null);
        var unset = new RestProxyTransportOptions();
        var set = new RestProxyTransportOptions { Url = "http://code" };

        setup.PostConfigure("", unset);
        setup.PostConfigure("", set);

        Assert.Equal(("http://env", "http://code"), (unset.Url, set.Url));
    }

    private static async Task StartAsync(Dictionary<string, string> settings)
    {
        var builder = Builder(settings);
        builder.Services.AddTelemetryEvents().AddRestProxy();
        using var host = builder.Build();
        await host.StartAsync();
    }

    private static HostApplicationBuilder Builder(Dictionary<string, string> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        settings.TryAdd("Url", "http://127.0.0.1:1");
        builder.Configuration.AddInMemoryCollection(
            settings.Select(pair => new KeyValuePair<string, string?>($"TelemetryEvents:RestProxy:{pair.Key}", pair.Value)));
        return builder;
    }

    [Fact]
    public void A_container_may_be_disposed_synchronously()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options => options.ServiceName = "tests").AddRestProxy(options => options.Url = "http://127.0.0.1:1");

        using (var provider = services.BuildServiceProvider())
            provider.GetRequiredService<IEventPublisher>();
    }
}
