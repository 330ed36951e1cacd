using Telemetry.Collector.Tests.Hosting;

namespace Telemetry.Collector.Tests.Api;

public class OpenApiTests
{
    [Fact]
    public async Task The_description_names_the_parameters_and_fields_as_they_are_sent()
    {
        await using var collector = await RunningCollector.StartAsync();

        var api = await collector.Client.GetJsonAsync("/openapi/v1.json");

        var list = api.GetProperty("paths").GetProperty("/v1/runs").GetProperty("get");
        Assert.Equal(
            ["user", "task", "kind", "node", "model", "state", "from", "to", "limit", "format"],
            list.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.Text("name")));
        Assert.Equal(
            ["/v1/aggregates", "/v1/completeness", "/v1/dead-letters", "/v1/runs", "/v1/runs/{id}", "/v1/runs/{id}/explain"],
            api.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        Assert.True(api.GetProperty("components").GetProperty("schemas").GetProperty("RunResponse")
            .GetProperty("properties").TryGetProperty("duration_seconds", out _));
    }

    [Fact]
    public async Task The_root_links_to_addresses_that_answer()
    {
        await using var collector = await RunningCollector.StartAsync();

        foreach (var link in (await collector.Client.GetJsonAsync("/")).EnumerateObject())
        {
            using var response = await collector.Client.GetAsync(new Uri(link.Value.GetString()!, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, $"{link.Name} answered {response.StatusCode}.");
        }
    }
}
