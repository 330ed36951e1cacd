using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Connection;

[Trait("Category", "Integration")]
public class AuthenticationTests
{
    private const string Secret = "hunter2:/ü?";

    private static readonly RestProxyServerOptions Basic = new() { BasicCredentials = new BasicCredentials("user", Secret) };
    private static readonly RestProxyServerOptions Bearer = new() { BearerToken = "hunter2.token" };

    [Fact]
    public async Task Basic_by_the_address()
    {
        await using var server = await RestProxyServer.StartAsync(Basic);
        var url = server.BaseAddress.ToString().Replace("http://", $"http://user:{Uri.EscapeDataString(Secret)}@", StringComparison.Ordinal);
        await using var proxy = Proxy.Connect(server, url);

        await AssertDeliversAsync(proxy);
    }

    [Fact]
    public async Task Basic_by_options()
    {
        await using var proxy = await Proxy.StartAsync(Basic, options => (options.UserName, options.Password) = ("user", Secret));

        await AssertDeliversAsync(proxy);
    }

    [Fact]
    public async Task A_bearer_token()
    {
        await using var proxy = await Proxy.StartAsync(Bearer, options => options.BearerToken = "hunter2.token");

        await AssertDeliversAsync(proxy);
    }

    [Fact]
    public async Task A_token_provider_that_fails_and_then_renews_the_token()
    {
        var tokens = new Queue<string?>(["hunter2.old", null, "hunter2.token", "hunter2.token"]);
        await using var proxy = await Proxy.StartAsync(Bearer, options =>
        {
            options.Dialect = RestProxyDialect.ConfluentV2;
            options.BearerTokenProvider = _ =>
                ValueTask.FromResult(tokens.Dequeue() ?? throw new InvalidOperationException("the identity provider is away"));
        });

        Assert.Equal(DeliveryOutcome.Unknown("unauthenticated"), (await proxy.SendAsync(Batch()))[0]);
        Assert.Equal(DeliveryOutcome.Retriable("token_unavailable"), (await proxy.SendAsync(Batch()))[0]);
        Assert.Equal(1, proxy.Log.Count(1208));
        await AssertDeliversAsync(proxy);
    }

    [Fact]
    public async Task A_token_that_no_header_can_carry_is_not_sent_and_not_shown()
    {
        await using var proxy = await Proxy.StartAsync(Bearer, options =>
        {
            options.Dialect = RestProxyDialect.ConfluentV2;
            options.BearerTokenProvider = _ => ValueTask.FromResult("hunter2\r\nX-Other: 1");
        });

        Assert.Equal(DeliveryOutcome.Retriable("token_unavailable"), (await proxy.SendAsync(Batch()))[0]);
        Assert.Empty(proxy.Server.Requests);
        Assert.DoesNotContain(proxy.Log.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_credentials_make_events_wait_and_no_log_line_shows_them()
    {
        await using var server = await RestProxyServer.StartAsync(Basic);
        var url = server.BaseAddress.ToString().Replace("http://", "http://user:hunter3-wrong@", StringComparison.Ordinal);
        await using var proxy = Proxy.Connect(server, url);

        Assert.Equal(DeliveryOutcome.Retriable("unauthenticated"), (await proxy.SendAsync(Batch()))[0]);
        server.Faults.NextRequests(1, RestFault.Reset());
        await proxy.SendAsync(Batch());

        Assert.Equal(1, proxy.Log.Count(1201));
        var encoded = Convert.ToBase64String("user:hunter3-wrong"u8);
        Assert.All(proxy.Log.Lines, line =>
        {
            Assert.DoesNotContain("hunter3", line.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(encoded, line.Text, StringComparison.Ordinal);
        });
    }

    private static async Task AssertDeliversAsync(Proxy proxy)
    {
        var outcomes = await proxy.SendAsync(Batch());

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        Assert.DoesNotContain(proxy.Log.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    private static OutgoingEvent[] Batch() => TestEvents.Numbered(2, n => $"{n}");
}
