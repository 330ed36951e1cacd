using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Transport;

[Trait("Category", "Integration")]
public class SplitAndCompressionTests
{
    public static TheoryData<RestDialect> Dialects => [RestDialect.ConfluentV2, RestDialect.ConfluentV3, RestDialect.Strimzi];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_request_too_large_is_halved_until_one_record_is_left_which_is_final(RestDialect dialect)
    {
        await using var proxy = await Proxy.StartAsync(new RestProxyServerOptions { Dialect = dialect, MaxRequestBytes = 20_000 });
        var batch = TestEvents.Numbered(100, n => $"{n}");
        batch[37] = TestEvents.Create("large", new byte[30_000]);

        var outcomes = await proxy.SendAsync(batch);

        Assert.Equal(DeliveryOutcome.Final("too_large"), outcomes[37]);
        Assert.Equal(99, outcomes.Count(outcome => outcome.Status == DeliveryStatus.Delivered));
        var again = await proxy.SendAsync(TestEvents.Numbered(100, n => $"{n}"));
        Assert.All(again, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
    }

    [Fact]
    public async Task A_record_that_the_proxy_cannot_read_is_found_among_its_neighbours_and_final()
    {
        // In the json format the bridge parses bodies; one that is no JSON spoils the request.
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { Dialect = RestDialect.Strimzi }, options => options.Format = RestProxyFormat.Json);
        var batch = TestEvents.Numbered(50, n => $"{n}");
        batch[11] = TestEvents.Create("bad", "{nonsense"u8.ToArray());

        var outcomes = await proxy.SendAsync(batch);

        Assert.Equal(DeliveryStatus.Final, outcomes[11].Status);
        Assert.Equal(49, outcomes.Count(outcome => outcome.Status == DeliveryStatus.Delivered));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Compressed_requests_arrive(RestDialect dialect)
    {
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { Dialect = dialect }, options => options.Compression = RequestCompression.Auto);

        var outcomes = await proxy.SendAsync(TestEvents.Numbered(100, n => $"{n}"));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        var request = proxy.Server.Requests.Single(request => request.Method == "POST");
        Assert.Equal("gzip", request.Headers["Content-Encoding"]);
        Assert.Equal(100, request.RecordCount);
    }

    [Fact]
    public async Task A_proxy_that_refuses_compression_gets_the_same_records_uncompressed_from_then_on()
    {
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { AcceptGzip = false }, options => options.Compression = RequestCompression.Auto);

        var first = await proxy.SendAsync(TestEvents.Numbered(3, n => $"{n}"));
        var second = await proxy.SendAsync(TestEvents.Numbered(3, n => $"{n}"));

        Assert.All(first.Concat(second), outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        Assert.Equal(
            [true, false, false],
            proxy.Server.Requests.Where(request => request.Method == "POST").Select(request => request.Headers.ContainsKey("Content-Encoding")));
        Assert.Equal(1, proxy.Log.Count(1206));
    }
}
