using System.Net;
using Microsoft.Extensions.Logging;
using Telemetry.Collector.Tests.Hosting;

namespace Telemetry.Collector.Tests.Security;

public sealed class ApiKeyTests : IAsyncLifetime, IDisposable
{
    private const string FirstKey = "first-key-0123456789";
    private const string SecondKey = "second-key-0123456789";

    private readonly LogCapture _log = new();
    private RunningCollector _collector = null!;

    public async Task InitializeAsync() => _collector = await RunningCollector.StartAsync(
        builder => builder.Logging.AddProvider(_log),
        "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace",
        "--Collector:ApiKeys:0", FirstKey, "--Collector:ApiKeys:1", SecondKey);

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData("/v1/runs")]
    [InlineData("/v1/runs/abc")]
    [InlineData("/v1/dead-letters")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/no-such-address")]
    public async Task Without_a_key_it_is_401_and_says_how_to_send_one(string path) =>
        Assert.Equal(
            "This address needs an API key. Send it as 'Authorization: Bearer KEY' or as 'X-Api-Key: KEY'.",
            await _collector.Client.GetProblemAsync(path, HttpStatusCode.Unauthorized));

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_stays_open(string path) => await _collector.Client.GetJsonAsync(path);

    [Theory]
    [InlineData(FirstKey)]
    [InlineData(SecondKey)]
    public async Task Each_key_opens_by_either_header(string key)
    {
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("Authorization", $"Bearer {key}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("Authorization", $"bearer {key}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("X-Api-Key", key)).StatusCode);
    }

    [Theory]
    [InlineData("X-Api-Key", "wrong-key-0123456789")]
    [InlineData("X-Api-Key", "first-key-012345678")]
    [InlineData("X-Api-Key", "first-key-0123456789x")]
    [InlineData("X-Api-Key", "FIRST-KEY-0123456789")]
    [InlineData("X-Api-Key", FirstKey + "," + SecondKey)]
    [InlineData("X-Api-Key", "")]
    [InlineData("Authorization", "Bearer wrong-key-0123456789")]
    [InlineData("Authorization", "Basic Zmlyc3Qta2V5LTAxMjM0NTY3ODk=")]
    [InlineData("Authorization", FirstKey)]
    public async Task Anything_else_is_401_and_is_not_echoed(string header, string value)
    {
        using var response = await GetAsync(header, value);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain("0123456", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_never_reach_the_log()
    {
        (await GetAsync("X-Api-Key", FirstKey)).Dispose();
        (await GetAsync("Authorization", "Bearer wrong-key-0123456789")).Dispose();

        Assert.Contains("/v1/runs", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", _log.Text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/runs");
        request.Headers.TryAddWithoutValidation(header, value);
        return await _collector.Client.SendAsync(request);
    }
}
