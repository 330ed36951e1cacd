using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Dialects;

[Trait("Category", "Integration")]
public class DialectProbeTests
{
    [Theory]
    [InlineData(RestDialect.ConfluentV2, "/topics/events")]
    [InlineData(RestDialect.ConfluentV3, "/v3/clusters/sink-cluster/topics/events/records")]
    [InlineData(RestDialect.Strimzi, "/topics/events")]
    public async Task Each_dialect_is_found_once(RestDialect dialect, string path)
    {
        await using var proxy = await Proxy.StartAsync(new RestProxyServerOptions { Dialect = dialect });

        await proxy.SendAsync(TestEvents.Numbered(1, _ => "k"));
        var probes = proxy.Server.Requests.Count(request => request.Method == "GET");
        await proxy.SendAsync(TestEvents.Numbered(1, _ => "k"));

        Assert.Equal(probes, proxy.Server.Requests.Count(request => request.Method == "GET"));
        Assert.All(proxy.Server.Requests.Where(request => request.Method == "POST"), request => Assert.Equal(path, request.Path));
        Assert.Contains(proxy.Log.Lines, line => line.Id == 1200 && line.Text.Contains($"speaks {dialect}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_prefix_of_Confluent_Cloud_is_found_where_the_address_lacks_it()
    {
        await using var server = await RestProxyServer.StartAsync(
            new RestProxyServerOptions { Dialect = RestDialect.ConfluentV3, PathPrefix = "/kafka" });
        await using var proxy = Proxy.Connect(server, server.BaseAddress.ToString());

        var outcomes = await proxy.SendAsync(TestEvents.Numbered(1, _ => "k"));

        Assert.Equal(DeliveryStatus.Delivered, outcomes[0].Status);
        Assert.Equal("/kafka/v3/clusters/sink-cluster/topics/events/records", server.Requests[^1].Path);
    }

    [Fact]
    public async Task A_server_that_is_no_proxy_makes_events_wait_and_says_so_once()
    {
        await using var server = await RestProxyServer.StartAsync(new RestProxyServerOptions { PathPrefix = "/elsewhere" });
        await using var proxy = Proxy.Connect(server, server.BaseAddress.ToString());

        for (var i = 0; i < 3; i++)
            Assert.Equal(DeliveryOutcome.Retriable("unknown_dialect"), (await proxy.SendAsync(TestEvents.Numbered(1, _ => "k")))[0]);

        Assert.Equal(1, proxy.Log.Count(1201));
        Assert.Contains(proxy.Log.Lines, line => line.Text.Contains("as no REST proxy for Kafka", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_dialect_behind_the_same_address_is_found_after_the_first_stopped_working()
    {
        var server = await RestProxyServer.StartAsync(new RestProxyServerOptions { Dialect = RestDialect.ConfluentV3 });
        await using var proxy = Proxy.Connect(server, server.BaseAddress.ToString());
        await proxy.SendAsync(TestEvents.Numbered(1, _ => "k"));
        await server.DisposeAsync();
        await using var other = await RestProxyServer.StartAsync(
            new RestProxyServerOptions { Dialect = RestDialect.Strimzi, Port = server.BaseAddress.Port });

        var statuses = new List<DeliveryOutcome>();
        for (var i = 0; i < 5 && (statuses.Count == 0 || statuses[^1].Status != DeliveryStatus.Delivered); i++)
            statuses.Add((await proxy.SendAsync(TestEvents.Numbered(1, _ => "k")))[0]);

        Assert.Equal(DeliveryStatus.Delivered, statuses[^1].Status);
        Assert.Contains(DeliveryOutcome.Retriable("not_found"), statuses);
    }
}
