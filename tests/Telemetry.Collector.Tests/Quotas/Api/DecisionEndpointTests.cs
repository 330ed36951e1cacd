using System.Net;
using System.Text;
using System.Text.Json;
using Telemetry.Collector.Tests.Hosting;

namespace Telemetry.Collector.Tests.Quotas.Api;

public sealed class DecisionEndpointTests : IAsyncLifetime
{
    private QuotaCollector _quotas = null!;

    private HttpClient Client => _quotas.Client;

    public async Task InitializeAsync()
    {
        _quotas = await QuotaCollector.StartAsync();
        await Client.PutAsync("/v1/quota-plans/free", QuotaCollector.Free);
        await Client.PutAsync("/v1/quota-limits/default", """{"plan":"free"}""");
    }

    public async Task DisposeAsync() => await _quotas.DisposeAsync();

    [Fact]
    public async Task A_check_says_whether_it_may_be_spent_and_how_the_user_stands()
    {
        _quotas.Use("ann", 40.5m);

        Assert.Equal(
            """{"granted":true,"over_limit":false,"limit":100,"used":40.5,"reserved":0,"available":59.5}""",
            await Client.PostAsync("/v1/quotas/ann/gpu/check", """{"amount":59.5}"""));
        Assert.Equal(
            """{"granted":false,"over_limit":false,"limit":100,"used":40.5,"reserved":0,"available":59.5}""",
            await Client.PostAsync("/v1/quotas/ann/gpu/check", """{"amount":59.500000000001,"tenant_id":"acme"}"""));
    }

    [Fact]
    public async Task A_balance_shows_the_allowance_the_period_grants_thresholds_and_reservations()
    {
        _quotas.Use("ann", 85);
        await Client.PostAsync("/v1/quotas/ann/gpu/grants", """{"id":"g1","amount":10,"priority":1,"expires_at":"2026-08-20T00:00:00Z"}""", HttpStatusCode.Created);
        await Client.PostAsync("/v1/quotas/ann/gpu/reservations", """{"amount":5,"ttl_seconds":60,"task_id":"t-1"}""", HttpStatusCode.Created);

        var balance = await Client.GetJsonAsync("/v1/quotas/ann/gpu");

        var reservation = balance.GetProperty("reservations")[0];
        Assert.Equal(
            """
            {"user":"ann","resource":"gpu","source":"default","allowance":{"amount":100,"period":"month","zone":"UTC","enforcement":"hard"},
            "period_start":"2026-08-01T00:00:00Z","period_end":"2026-09-01T00:00:00Z","granted":true,"over_limit":false,"limit":110,"used":85,
            "reserved":5,"available":20,"overage":0,"grants":[{"id":"g1","amount":10,"remaining":10,"priority":1,
            "effective_from":"2026-08-10T12:00:00Z","expires_at":"2026-08-20T00:00:00Z"}],"thresholds":[{"percent":80,"reached":true},
            {"percent":100,"reached":false}],"reservations":[{"id":"ID","user":"ann","resource":"gpu","task_id":"t-1","amount":5,"outstanding":5,
            "state":"active","created_at":"2026-08-10T12:00:00Z","expires_at":"2026-08-10T12:01:00Z","revision":1}]}
            """.ReplaceLineEndings("").Replace("ID", reservation.Text("id"), StringComparison.Ordinal),
            balance.GetRawText());
    }

    [Fact]
    public async Task All_of_a_users_resources_come_together()
    {
        var balances = await Client.GetJsonAsync("/v1/quotas/ann?tenant_id=acme");

        Assert.Equal("ann", balances.Text("user"));
        Assert.Equal(["cpu", "gpu"], balances.GetProperty("balances").EnumerateArray().Select(balance => balance.Text("resource")));
        Assert.Equal(("none", JsonValueKind.Null), (balances.GetProperty("balances")[0].Text("source"), balances.GetProperty("balances")[0].GetProperty("allowance").ValueKind));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a b?c#d&e=f+g")]
    [InlineData("анна@example.org")]
    [InlineData("\"<script>\\\t\U0001F600")]
    [InlineData("check")]
    public async Task A_user_may_be_called_anything(string user)
    {
        _quotas.Use(user, 7);
        var path = $"/v1/quotas/{Uri.EscapeDataString(user)}/gpu";

        var balance = await Client.GetJsonAsync(path);

        Assert.Equal((user, 7), (balance.Text("user"), balance.GetProperty("used").GetInt32()));
        using var made = await Client.SendAsync(HttpMethod.Post, path + "/reservations", """{"amount":5,"ttl_seconds":60,"task_id":"t-1"}""");
        Assert.Equal(user, (await Client.GetJsonAsync(made.Headers.Location!.OriginalString)).Text("user"));
    }

    [Theory]
    [InlineData("/v1/quotas/%FF/gpu")]
    [InlineData("/v1/quotas/x/%2e%2e/ann/gpu")]
    public async Task A_path_that_cannot_be_read_is_refused(string path)
    {
        using var socket = new System.Net.Sockets.TcpClient(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);

        Assert.Contains("write names in UTF-8, percent-encoded", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_answers_each_by_itself_in_its_order()
    {
        _quotas.Use("ann", 100);

        var decisions = (await Client.PostAsync(
            "/v1/quotas/check",
            """{"checks":[{"user":"ann","resource":"gpu","amount":1},{"user":"..","resource":"g\u0070u","amount":1},{"user":"bob","resource":"tpu","amount":1}]}"""))
            .Json().GetProperty("decisions");

        Assert.Equal([false, true], decisions.EnumerateArray().Take(2).Select(decision => decision.GetProperty("granted").GetBoolean()));
        Assert.Equal((404, "unknown_resource"), (decisions[2].GetProperty("error").GetProperty("status").GetInt32(), decisions[2].GetProperty("error").Text("reason")));
    }

    [Fact]
    public async Task A_batch_may_begin_with_users_in_memory_and_go_on_with_others()
    {
        for (var i = 0; i < 10; i += 3)
            await Client.PostAsync($"/v1/quotas/u{i}/gpu/check", """{"amount":1}""");
        var checks = string.Join(',', Enumerable.Range(0, 10).Select(i => $$"""{"user":"u{{i}}","resource":"gpu","amount":{{i * 20}}.5}"""));

        var decisions = (await Client.PostAsync("/v1/quotas/check", $$"""{"checks":[{{checks}}]}""")).Json().GetProperty("decisions");

        Assert.Equal(Enumerable.Range(0, 10).Select(i => i < 5), decisions.EnumerateArray().Select(decision => decision.GetProperty("granted").GetBoolean()));
    }

    [Fact]
    public async Task A_batch_of_users_who_are_not_in_memory_is_answered()
    {
        var checks = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"user":"u{{i}}","resource":"gpu","amount":{{i % 150 + 1}}}"""));

        var decisions = (await Client.PostAsync("/v1/quotas/check", $$"""{"checks":[{{checks}}]}""")).Json().GetProperty("decisions");

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i % 150 < 100), decisions.EnumerateArray().Select(decision => decision.GetProperty("granted").GetBoolean()));
    }

    [Theory]
    [InlineData("", "The body is not JSON")]
    [InlineData("{", "The body is not JSON")]
    [InlineData("[]", "The body is not a JSON object.")]
    [InlineData("""{"amount":1}x""", "The body is not JSON")]
    [InlineData("{}", "amount is missing.")]
    [InlineData("""{"amount":null}""", "amount is missing.")]
    [InlineData("""{"amount":"1"}""", "amount is not a number.")]
    [InlineData("""{"amount":0}""", "amount is 0: write a number above 0.")]
    [InlineData("""{"amount":-1.5}""", "amount is -1.5: write a number above 0.")]
    [InlineData("""{"amount":0.0000000000001}""", "amount is not an amount: it has more than 12 digits after the point.")]
    [InlineData("""{"amount":1e26}""", "amount is not an amount: it has more than 26 digits before the point.")]
    [InlineData("""{"amount":1,"amount":2}""", "amount is there twice.")]
    [InlineData("""{"ammount":1}""", "ammount is not known here; there are amount, tenant_id.")]
    [InlineData("""{"amount":1,"tenant_id":""}""", "tenant_id is not a text of 1 to 512 characters")]
    [InlineData("""{"amount":1,"tenant_id":"\ud800"}""", "tenant_id is not text in UTF-8.")]
    [InlineData("""{"amount":1,"tenant_id":"a\u0000"}""", "tenant_id is not a text of 1 to 512 characters, none of them U+0000")]
    public async Task A_wrong_check_gets_a_sentence_that_names_the_member(string body, string expected) =>
        await AssertInvalidAsync("/v1/quotas/ann/gpu/check", body, expected);

    [Theory]
    [InlineData("""{"amount":1,"task_id":"t"}""", "ttl_seconds is missing.")]
    [InlineData("""{"amount":1,"task_id":"t","ttl_seconds":0}""", "ttl_seconds is not a whole number of seconds from 1 to 604800.")]
    [InlineData("""{"amount":1,"task_id":"t","ttl_seconds":604801}""", "ttl_seconds is not a whole number")]
    [InlineData("""{"amount":1,"task_id":"t","ttl_seconds":1.5}""", "ttl_seconds is not a whole number")]
    [InlineData("""{"amount":1,"ttl_seconds":1}""", "task_id is missing.")]
    [InlineData("""{"amount":1,"task_id":7,"ttl_seconds":1}""", "task_id is not a text")]
    public async Task A_wrong_reservation_gets_a_sentence_that_names_the_member(string body, string expected) =>
        await AssertInvalidAsync("/v1/quotas/ann/gpu/reservations", body, expected);

    [Theory]
    [InlineData("""{"checks":[]}""", "checks is empty")]
    [InlineData("""{"check":[]}""", "The body is not an object with the list checks")]
    [InlineData("""{"checks":[{"user":"ann","resource":"gpu","amount":1},{"user":"ann","amount":1}]}""", "checks[1].resource is missing.")]
    [InlineData("""{"checks":[{"user":"ann","resource":7,"amount":1}]}""", "checks[0].resource is not a text")]
    [InlineData("""{"checks":[1]}""", "checks[0] is not a JSON object.")]
    [InlineData("""{"checks":[{"user":"ann","resource":"gpu","amount":1}],"more":1}""", "The body is not an object with the list checks")]
    public async Task A_wrong_batch_gets_a_sentence_that_names_the_element(string body, string expected) =>
        await AssertInvalidAsync("/v1/quotas/check", body, expected);

    [Fact]
    public async Task A_batch_has_an_end() => await AssertInvalidAsync(
        "/v1/quotas/check",
        $$"""{"checks":[{{string.Join(',', Enumerable.Repeat("""{"user":"ann","resource":"gpu","amount":1}""", 1001))}}]}""",
        "checks has more than 1000 elements");

    [Fact]
    public async Task A_body_that_is_no_JSON_by_its_header_or_too_long_is_refused()
    {
        using var form = await Client.PostAsync(new Uri("/v1/quotas/ann/gpu/check", UriKind.Relative), new StringContent("""{"amount":1}"""));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);

        using var large = await Client.SendAsync(HttpMethod.Post, "/v1/quotas/ann/gpu/check", new string(' ', 2_000_000) + """{"amount":1}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task A_body_in_pieces_is_read_whole()
    {
        using var content = new StreamContent(new PieceStream(Encoding.UTF8.GetBytes("""{"amount":59.123456789012,"tenant_id":"anna"}""")));
        content.Headers.ContentType = new("application/json");
        using var response = await Client.PostAsync(new Uri("/v1/quotas/ann/gpu/check", UriKind.Relative), content);

        Assert.True((await response.Content.ReadAsStringAsync()).Json().GetProperty("granted").GetBoolean());
    }

    [Fact]
    public async Task An_unknown_resource_is_404() => Assert.Equal(
        "unknown_resource", (await Client.PostAsync("/v1/quotas/ann/tpu/check", """{"amount":1}""", HttpStatusCode.NotFound)).Json().Text("reason"));

    private async Task AssertInvalidAsync(string path, string body, string expected)
    {
        var problem = (await Client.PostAsync(path, body, HttpStatusCode.BadRequest)).Json();
        Assert.Contains(expected, problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal((400, "invalid"), (problem.GetProperty("status").GetInt32(), problem.Text("reason")));
    }
}
