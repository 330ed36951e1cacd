using System.Net;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Tests.Hosting;

namespace Telemetry.Collector.Tests.Quotas.Api;

/// <summary>What is said where there is no answer, and who may ask.</summary>
public class NoAnswerTests
{
    private const string Key = "a-key-of-some-length";

    [Theory]
    [InlineData(nameof(QuotaStatus.StoreUnavailable), 503, "store_unavailable")]
    [InlineData(nameof(QuotaStatus.LogUnavailable), 503, "log_unavailable")]
    [InlineData(nameof(QuotaStatus.Starting), 503, "starting")]
    [InlineData(nameof(QuotaStatus.NotOwned), 421, "not_owned")]
    [InlineData(nameof(QuotaStatus.UnknownResource), 404, "unknown_resource")]
    [InlineData(nameof(QuotaStatus.UnknownReservation), 404, "unknown_reservation")]
    [InlineData(nameof(QuotaStatus.Conflict), 409, "conflict")]
    public async Task Each_reason_has_a_status_and_a_word(string status, int expected, string reason)
    {
        var ledger = new StubLedger { Status = Enum.Parse<QuotaStatus>(status), Reason = "Because of <that>." };
        await using var quotas = await QuotaCollector.StartAsync(ledger);

        foreach (var (method, path, body) in Requests())
        {
            using var response = await quotas.Client.SendAsync(method, path, body);
            var problem = (await response.Content.ReadAsStringAsync()).Json();

            Assert.Equal((expected, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            Assert.Equal((expected, reason, "Because of <that>."), (problem.GetProperty("status").GetInt32(), problem.Text("reason"), problem.Text("detail")));
            Assert.Equal(expected == 503, response.Headers.RetryAfter is not null);
        }

        var element = (await quotas.Client.PostAsync("/v1/quotas/check", """{"checks":[{"user":"a","resource":"gpu","amount":1}]}"""))
            .Json().GetProperty("decisions")[0].GetProperty("error");
        Assert.Equal((expected, reason), (element.GetProperty("status").GetInt32(), element.Text("reason")));
    }

    [Fact]
    public async Task A_defect_is_500_and_stays_inside()
    {
        await using var quotas = await QuotaCollector.StartAsync(new StubLedger { Defect = new InvalidOperationException("secret-host:9092") });

        var reply = await quotas.Client.PostAsync("/v1/quotas/ann/gpu/check", """{"amount":1}""", HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("secret-host", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_down_is_503_for_users_who_are_not_in_memory_only()
    {
        await using var quotas = await QuotaCollector.StartAsync();
        await quotas.Client.PutAsync("/v1/quota-limits/users/ann/gpu", """{"amount":1,"period":"day"}""");
        await quotas.Client.PostAsync("/v1/quotas/ann/gpu/check", """{"amount":1}""");
        quotas.Store.Fails = true;

        await quotas.Client.PostAsync("/v1/quotas/ann/gpu/check", """{"amount":1}""");
        var problem = (await quotas.Client.PostAsync("/v1/quotas/bob/gpu/check", """{"amount":1}""", HttpStatusCode.ServiceUnavailable)).Json();

        Assert.Equal("store_unavailable", problem.Text("reason"));
    }

    [Fact]
    public async Task With_keys_every_address_needs_one_and_the_history_says_whose_it_was()
    {
        await using var quotas = await QuotaCollector.StartAsync(args: ["--Collector:ApiKeys:billing", Key, "--Collector:ApiKeys:1", Key + "1"]);
        foreach (var (method, path, body) in Requests().Append((HttpMethod.Put, "/v1/quota-plans/free", QuotaCollector.Free)))
        {
            using var without = await quotas.Client.SendAsync(method, path, body);
            using var wrong = await quotas.Client.SendAsync(method, path, body, ("X-Api-Key", Key + "x"));
            Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [without.StatusCode, wrong.StatusCode]);
            Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        }

        using var named = await quotas.Client.SendAsync(HttpMethod.Put, "/v1/quota-plans/free", QuotaCollector.Free, ("Authorization", "Bearer " + Key));
        using var numbered = await quotas.Client.SendAsync(HttpMethod.Put, "/v1/quota-limits/default", """{"plan":"free"}""", ("X-Api-Key", Key + "1"));
        using var check = await quotas.Client.SendAsync(HttpMethod.Post, "/v1/quotas/ann/gpu/check", """{"amount":1}""", ("X-Api-Key", Key));

        Assert.True(named.IsSuccessStatusCode && numbered.IsSuccessStatusCode && check.IsSuccessStatusCode);
        Assert.Equal(["key-1", "billing"], quotas.Book.Changes(10).Select(change => change.Who));
    }

    [Fact]
    public async Task The_description_names_what_is_taken_and_given()
    {
        await using var quotas = await QuotaCollector.StartAsync();

        var paths = (await quotas.Client.GetJsonAsync("/openapi/v1.json")).GetProperty("paths");

        Assert.Superset(
            new HashSet<string>
            {
                "/v1/quotas/{user}", "/v1/quotas/{user}/{resource}", "/v1/quotas/{user}/{resource}/check", "/v1/quotas/check",
                "/v1/quotas/{user}/{resource}/reservations", "/v1/quotas/reservations", "/v1/quotas/{user}/{resource}/reservations/{id}/settle",
                "/v1/quotas/{user}/{resource}/grants", "/v1/quota-plans/{plan}", "/v1/quota-limits/users/{user}/{resource}", "/v1/quota-changes",
            },
            paths.EnumerateObject().Select(path => path.Name).ToHashSet());
        var reserve = paths.GetProperty("/v1/quotas/{user}/{resource}/reservations").GetProperty("post");
        Assert.True(reserve.TryGetProperty("parameters", out _) && reserve.TryGetProperty("requestBody", out _), reserve.GetRawText());
        Assert.Equal(["user", "resource"], reserve.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.Text("name")));
        var body = reserve.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").Text("$ref")!;
        var schemas = (await quotas.Client.GetJsonAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        Assert.Equal(
            ["amount", "ttl_seconds", "task_id", "idempotency_key", "tenant_id"],
            schemas.GetProperty(body.Split('/')[^1]).GetProperty("properties").EnumerateObject().Select(member => member.Name));
    }

    private static IEnumerable<(HttpMethod Method, string Path, string? Body)> Requests()
    {
        const string Subject = "/v1/quotas/ann/gpu";
        yield return (HttpMethod.Get, "/v1/quotas/ann", null);
        yield return (HttpMethod.Get, Subject, null);
        yield return (HttpMethod.Post, Subject + "/check", """{"amount":1}""");
        yield return (HttpMethod.Post, Subject + "/reservations", """{"amount":1,"ttl_seconds":1,"task_id":"t"}""");
        yield return (HttpMethod.Get, Subject + "/reservations/r", null);
        yield return (HttpMethod.Post, Subject + "/reservations/r/settle", """{"amount":1}""");
        yield return (HttpMethod.Post, Subject + "/reservations/r/release", null);
        yield return (HttpMethod.Post, Subject + "/reservations/r/extend", """{"ttl_seconds":1}""");
    }
}
