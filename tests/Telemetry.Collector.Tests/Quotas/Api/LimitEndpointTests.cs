using System.Net;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Tests.Hosting;

namespace Telemetry.Collector.Tests.Quotas.Api;

public sealed class LimitEndpointTests : IAsyncLifetime
{
    private const string Day = """{"amount":10,"period":"day"}""";

    private QuotaCollector _quotas = null!;

    private HttpClient Client => _quotas.Client;

    public async Task InitializeAsync() => _quotas = await QuotaCollector.StartAsync();

    public async Task DisposeAsync() => await _quotas.DisposeAsync();

    [Fact]
    public async Task Plans_are_made_listed_given_and_removed()
    {
        var plan = (await Client.PutAsync("/v1/quota-plans/free", """{"limits":{"gpu":{"amount":0.100000000001,"period":"week","zone":"Europe/Berlin","enforcement":"soft"}}}""")).Json();
        Assert.Equal("0.100000000001", plan.GetProperty("limits").GetProperty("gpu").GetProperty("amount").GetRawText());
        Assert.Equal(("free", 1, false, "anonymous"), (plan.Text("name"), plan.GetProperty("revision").GetInt32(), plan.GetProperty("read_only").GetBoolean(), plan.Text("changed_by")));

        await Client.PutAsync("/v1/quota-limits/users/ann", """{"plan":"free"}""");
        Assert.Equal("free", (await Client.GetJsonAsync("/v1/quota-limits/users/ann")).Text("plan"));
        Assert.Equal("free", (await Client.GetJsonAsync("/v1/quota-plans")).GetProperty("plans")[0].Text("name"));
        Assert.Equal("plan:free", (await Client.GetJsonAsync("/v1/quotas/ann/gpu")).Text("source"));

        await Client.TextAsync(HttpMethod.Delete, "/v1/quota-plans/free", expected: HttpStatusCode.Conflict);
        await Client.TextAsync(HttpMethod.Delete, "/v1/quota-limits/users/ann", expected: HttpStatusCode.NoContent);
        await Client.TextAsync(HttpMethod.Delete, "/v1/quota-plans/free", expected: HttpStatusCode.NoContent);
        await Client.TextAsync(HttpMethod.Get, "/v1/quota-plans/free", expected: HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("users", "a/b")]
    [InlineData("tenants", "acme")]
    public async Task A_resources_limit_is_set_and_removed_by_itself(string kind, string name)
    {
        var path = $"/v1/quota-limits/{kind}/{Uri.EscapeDataString(name)}";
        await Client.PutAsync(path + "/gpu", Day);
        await Client.PutAsync(path + "/cpu", Day);
        await Client.TextAsync(HttpMethod.Delete, path + "/gpu", expected: HttpStatusCode.NoContent);

        var entry = await Client.GetJsonAsync(path);

        Assert.Equal((name, "cpu"), (entry.Text("name"), Assert.Single(entry.GetProperty("limits").EnumerateObject()).Name));
        Assert.Equal("day", (await Client.GetJsonAsync(path + "/cpu")).Text("period"));
        await Client.TextAsync(HttpMethod.Delete, path + "/gpu", expected: HttpStatusCode.NotFound);
        await Client.TextAsync(HttpMethod.Delete, path + "/cpu", expected: HttpStatusCode.NoContent);
        await Client.TextAsync(HttpMethod.Get, path, expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_has_seen_an_older_entry_changes_nothing()
    {
        using var first = await Client.SendAsync(HttpMethod.Put, "/v1/quota-limits/users/ann/gpu", Day);
        var tag = first.Headers.ETag!.Tag;
        await Client.PutAsync("/v1/quota-limits/users/ann/cpu", Day);

        using var late = await Client.SendAsync(HttpMethod.Put, "/v1/quota-limits/users/ann/gpu", Day, ("If-Match", tag));
        using var lateDelete = await Client.SendAsync(HttpMethod.Delete, "/v1/quota-limits/users/ann", null, ("If-Match", tag));
        using var twice = await Client.SendAsync(HttpMethod.Put, "/v1/quota-limits/users/ann", "{}", ("If-None-Match", "*"));
        using var fresh = await Client.SendAsync(HttpMethod.Delete, "/v1/quota-limits/users/ann/gpu", null, ("If-Match", "\"2\""));

        Assert.Equal(
            [HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed, HttpStatusCode.NoContent],
            [late.StatusCode, lateDelete.StatusCode, twice.StatusCode, fresh.StatusCode]);
    }

    [Theory]
    [InlineData("/v1/quota-plans/free", """{"plan":"x"}""", "$.plan: it is 'x'. Leave it out: a plan has no plan.")]
    [InlineData("/v1/quota-plans/Free", "{}", "'Free' is no plan")]
    [InlineData("/v1/quota-limits/default", "{}", "$.plan: nothing is there. Name a plan.")]
    [InlineData("/v1/quota-limits/users/ann", """{"limits":{"tpu":{}}}""", "$.limits.tpu: it is 'tpu'. Name a resource that there is (cpu, gpu)")]
    [InlineData("/v1/quota-limits/users/ann", """{"limit":{}}""", "The body is wrong at $.limit")]
    [InlineData("/v1/quota-limits/users/ann/gpu", """{"amount":1}""", "$.period: nothing is there. Write one of none, day, week, month, rolling.")]
    [InlineData("/v1/quota-limits/users/ann/gpu", """{"amount":"1","period":"day"}""", "The body is wrong at $.amount: it is no number.")]
    [InlineData("/v1/quota-limits/users/ann/gpu", "null", "The body is null.")]
    public async Task A_wrong_limit_gets_a_sentence_with_place_value_and_fix(string path, string body, string expected) => Assert.Contains(
        expected, (await Client.PutAsync(path, body, HttpStatusCode.BadRequest)).Json().Text("detail"), StringComparison.Ordinal);

    [Fact]
    public async Task Grants_are_given_listed_and_ended()
    {
        const string Path = "/v1/quotas/ann/gpu/grants";
        await Client.PutAsync("/v1/quota-limits/users/ann/gpu", Day);
        using var made = await Client.SendAsync(HttpMethod.Post, Path, """{"amount":5}""");
        var id = (await made.Content.ReadAsStringAsync()).Json().Text("id");
        Assert.Equal(made.Headers.Location!.OriginalString, $"{Path}/{id}");
        _quotas.Use("ann", 12);
        Assert.Equal((15, 3), await LimitAsync());

        await Client.PostAsync(Path, $$"""{"id":"{{id}}","amount":5}""", HttpStatusCode.Conflict);
        _quotas.Time.Advance(TimeSpan.FromMinutes(1));
        await Client.TextAsync(HttpMethod.Delete, $"{Path}/{id}", expected: HttpStatusCode.NoContent);
        await Client.TextAsync(HttpMethod.Delete, $"{Path}/nope", expected: HttpStatusCode.NotFound);

        // What it gave stays given; the rest is gone.
        Assert.Equal(0, (await LimitAsync()).Available);
        Assert.Equal("2026-08-10T12:01:00+00:00", (await Client.GetJsonAsync(Path)).GetProperty("grants")[0].Text("expires_at"));

        async Task<(int Limit, int Available)> LimitAsync()
        {
            var balance = await Client.GetJsonAsync("/v1/quotas/ann/gpu");
            return (balance.GetProperty("limit").GetInt32(), balance.GetProperty("available").GetInt32());
        }
    }

    [Theory]
    [InlineData("""{"amount":0}""", "$.amount: it is '0'. Write a number above 0.")]
    [InlineData("""{"amount":1,"id":"a b"}""", "$.id: it is 'a b'.")]
    [InlineData("""{"amount":1,"expires_at":"2026-01-01T00:00:00Z"}""", "$.expires_at: it is ")]
    public async Task A_wrong_grant_gets_a_sentence(string body, string expected) => Assert.Contains(
        expected, (await Client.PostAsync("/v1/quotas/ann/gpu/grants", body, HttpStatusCode.BadRequest)).Json().Text("detail"), StringComparison.Ordinal);

    [Fact]
    public async Task A_moving_window_takes_no_grants()
    {
        await Client.PutAsync("/v1/quota-limits/users/ann/gpu", """{"amount":1,"period":"rolling","length_seconds":3600,"step_seconds":60}""");

        var problem = (await Client.PostAsync("/v1/quotas/ann/gpu/grants", """{"amount":5}""", HttpStatusCode.Conflict)).Json();

        Assert.Contains("is a rolling one, which takes no grants", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_come_newest_first_with_before_and_after()
    {
        await Client.PutAsync("/v1/quota-limits/users/ann/gpu", Day);
        await Client.TextAsync(HttpMethod.Delete, "/v1/quota-limits/users/ann", expected: HttpStatusCode.NoContent);

        var changes = (await Client.GetJsonAsync("/v1/quota-changes?limit=1")).GetProperty("changes");

        var change = Assert.Single(changes.EnumerateArray());
        Assert.Equal(("user", "ann", "anonymous", false), (change.Text("kind"), change.Text("name"), change.Text("who"), change.TryGetProperty("after", out _)));
        Assert.Equal(10, change.GetProperty("before").GetProperty("limits").GetProperty("gpu").GetProperty("amount").GetInt32());
        await Client.TextAsync(HttpMethod.Get, "/v1/quota-changes?limit=0", expected: HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_the_log_does_not_take_is_503()
    {
        _quotas.Log.Failure = new StateLogException("down", isOutcomeUnknown: false);

        using var reply = await Client.SendAsync(HttpMethod.Put, "/v1/quota-limits/users/ann/gpu", Day);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (reply.StatusCode, reply.Headers.RetryAfter!.ToString()));
    }
}
