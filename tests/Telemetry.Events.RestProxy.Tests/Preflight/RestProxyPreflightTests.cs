using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Preflight;

[Trait("Category", "Integration")]
public class RestProxyPreflightTests
{
    [Theory]
    [InlineData(RestDialect.ConfluentV2)]
    [InlineData(RestDialect.ConfluentV3)]
    [InlineData(RestDialect.Strimzi)]
    public async Task All_is_well(RestDialect dialect)
    {
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { Dialect = dialect, SinkTopics = [new EmbeddedKafkaTopic("there", 1)] });

        var findings = await CheckAsync(proxy, new PreflightRequest { Topics = ["there"] });

        Assert.Equal(
            ["reachable", "authenticated", "dialect", "topic there", "request size", "time-outs"], findings.Select(finding => finding.Check));
        Assert.All(findings, finding => Assert.True(finding.Status == PreflightStatus.Ok && finding.Advice is null, $"{finding}"));
        Assert.DoesNotContain(proxy.Server.Requests, request => request.Method == "POST");
    }

    [Theory]
    [InlineData(RestDialect.ConfluentV2)]
    [InlineData(RestDialect.ConfluentV3)]
    [InlineData(RestDialect.Strimzi)]
    public async Task A_missing_topic_fails_with_what_to_do(RestDialect dialect)
    {
        await using var proxy = await Proxy.StartAsync(new RestProxyServerOptions { Dialect = dialect });

        var finding = (await CheckAsync(proxy, new PreflightRequest { Topics = ["missing"] })).Single(finding => finding.Check == "topic missing");

        Assert.Equal(PreflightStatus.Failed, finding.Status);
        Assert.Contains("TelemetryEvents:RestProxy:TopicNames", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_away_fails_as_unreachable_and_the_rest_is_not_checked()
    {
        var server = await RestProxyServer.StartAsync(new RestProxyServerOptions());
        await using var proxy = Proxy.Connect(server, server.BaseAddress.ToString());
        await server.DisposeAsync();

        var findings = await CheckAsync(proxy, new PreflightRequest { Topics = ["any"] });

        Assert.Equal(
            [PreflightStatus.Failed, PreflightStatus.NotChecked, PreflightStatus.NotChecked, PreflightStatus.NotChecked],
            findings.Take(4).Select(finding => finding.Status));
    }

    [Fact]
    public async Task Credentials_that_are_refused_fail_and_are_not_shown()
    {
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { BearerToken = "right" }, options => options.BearerToken = "hunter2");

        var findings = await CheckAsync(proxy, new PreflightRequest());

        Assert.Equal(PreflightStatus.Ok, findings[0].Status);
        Assert.Equal((PreflightStatus.Failed, "authenticated"), (findings[1].Status, findings[1].Check));
        Assert.All(findings, finding => Assert.DoesNotContain("hunter2", $"{finding}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dialect_that_was_configured_wrongly_fails()
    {
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { Dialect = RestDialect.ConfluentV3 }, options => options.Dialect = RestProxyDialect.ConfluentV2);

        var finding = (await CheckAsync(proxy, new PreflightRequest())).Single(finding => finding.Check == "dialect");

        Assert.Equal(PreflightStatus.Failed, finding.Status);
        Assert.Contains("Set TelemetryEvents:RestProxy:Dialect to Auto", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_and_time_outs_that_do_not_fit_are_warnings()
    {
        await using var proxy = await Proxy.StartAsync(new RestProxyServerOptions());

        var findings = await CheckAsync(
            proxy, new PreflightRequest { MaxEventBytes = 5_000_000, ShutdownTimeout = TimeSpan.FromSeconds(8) });

        Assert.Equal(
            ["request size", "time-outs"],
            findings.Where(finding => finding.Status == PreflightStatus.Warning).Select(finding => finding.Check));
    }

    private static async Task<List<PreflightFinding>> CheckAsync(Proxy proxy, PreflightRequest request)
    {
        var findings = new List<PreflightFinding>();
        await foreach (var finding in Assert.IsType<ITransportPreflight>(proxy.Transport, exactMatch: false).CheckAsync(request))
            findings.Add(finding);
        return findings;
    }
}
