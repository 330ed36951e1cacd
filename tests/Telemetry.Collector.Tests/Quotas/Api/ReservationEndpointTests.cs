using System.Net;
using Telemetry.Collector.Tests.Hosting;

namespace Telemetry.Collector.Tests.Quotas.Api;

public sealed class ReservationEndpointTests : IAsyncLifetime
{
    private const string Path = "/v1/quotas/ann/gpu/reservations";

    private QuotaCollector _quotas = null!;

    private HttpClient Client => _quotas.Client;

    public async Task InitializeAsync()
    {
        _quotas = await QuotaCollector.StartAsync();
        await Client.PutAsync("/v1/quota-limits/users/ann/gpu", """{"amount":100,"period":"month"}""");
    }

    public async Task DisposeAsync() => await _quotas.DisposeAsync();

    [Fact]
    public async Task A_reservation_is_made_found_extended_and_settled()
    {
        using var made = await Client.SendAsync(HttpMethod.Post, Path, Body(60, "t-1"));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var address = made.Headers.Location!.OriginalString;
        var reply = (await made.Content.ReadAsStringAsync()).Json();
        Assert.Equal((true, 60, 40), (reply.GetProperty("granted").GetBoolean(), reply.GetProperty("reserved").GetInt32(), reply.GetProperty("available").GetInt32()));

        Assert.Equal((60, "active"), await FindAsync(address));
        Assert.Equal(75, (await Client.PostAsync(address + "/extend", """{"amount":15,"ttl_seconds":120}""")).Json().GetProperty("reservation").GetProperty("amount").GetInt32());
        Assert.False((await Client.PostAsync(address + "/extend", """{"amount":26}""")).Json().GetProperty("granted").GetBoolean());

        await Client.PostAsync(address + "/settle", """{"amount":30}""");
        Assert.Equal((30, "settled"), await FindAsync(address));
        Assert.Equal(70, (await Client.GetJsonAsync("/v1/quotas/ann/gpu")).GetProperty("available").GetInt32());
    }

    [Fact]
    public async Task A_denial_says_who_holds_it_and_when_it_frees()
    {
        await Client.PostAsync(Path, Body(60, "t-1"), HttpStatusCode.Created);

        var denial = (await Client.PostAsync(Path, Body(41, "t-2"))).Json();

        Assert.False(denial.GetProperty("granted").GetBoolean());
        var held = denial.GetProperty("held_by")[0];
        Assert.Equal(("t-1", 60, "2026-08-10T12:01:00Z"), (held.Text("task_id"), held.GetProperty("outstanding").GetInt32(), held.Text("expires_at")));
        Assert.Equal("2026-08-10T12:01:00Z", denial.Text("frees_at"));
    }

    [Fact]
    public async Task A_task_has_one_reservation_and_a_repeated_key_brings_the_same()
    {
        var first = (await Client.PostAsync(Path, Body(10, "t-1", "k"), HttpStatusCode.Created)).Json().GetProperty("reservation").Text("id");

        Assert.Equal(first, (await Client.PostAsync(Path, Body(10, "t-1", "k"), HttpStatusCode.Created)).Json().GetProperty("reservation").Text("id"));
        var conflict = (await Client.PostAsync(Path, Body(10, "t-1", "other"), HttpStatusCode.Conflict)).Json();
        Assert.Equal(("conflict", first), (conflict.Text("reason"), conflict.GetProperty("reservation").Text("id")));
    }

    [Fact]
    public async Task A_released_one_holds_nothing_and_needs_no_body()
    {
        var id = (await Client.PostAsync(Path, Body(60, "t-1"), HttpStatusCode.Created)).Json().GetProperty("reservation").Text("id");

        await Client.TextAsync(HttpMethod.Post, $"{Path}/{id}/release");

        Assert.Equal(0, (await Client.GetJsonAsync("/v1/quotas/ann/gpu")).GetProperty("reserved").GetInt32());
    }

    [Fact]
    public async Task A_batch_is_decided_in_its_order()
    {
        var element = """{"user":"ann","resource":"gpu","amount":40,"ttl_seconds":60,"task_id":"T"}""";

        var results = (await Client.PostAsync(
            "/v1/quotas/reservations",
            $$"""{"reservations":[{{string.Join(',', "abca".Select(task => element.Replace("T", $"{task}", StringComparison.Ordinal)))}}]}""")).Json().GetProperty("results");

        Assert.Equal([true, true, false], results.EnumerateArray().Take(3).Select(result => result.GetProperty("granted").GetBoolean()));
        Assert.Equal(409, results[3].GetProperty("error").GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("/settle", "{}", "amount is missing.")]
    [InlineData("/settle", """{"amount":-1}""", "amount is -1: write a number from 0 on.")]
    [InlineData("/extend", "{}", "The body is empty: name one of amount, ttl_seconds at least.")]
    public async Task A_wrong_change_gets_a_sentence(string address, string body, string expected) => Assert.Contains(
        expected, (await Client.PostAsync($"{Path}/x{address}", body, HttpStatusCode.BadRequest)).Json().Text("detail"), StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_reservation_is_404() => Assert.Equal(
        "unknown_reservation", (await Client.PostAsync($"{Path}/x/settle", """{"amount":1}""", HttpStatusCode.NotFound)).Json().Text("reason"));

    private static string Body(int amount, string task, string? key = null) =>
        $$"""{"amount":{{amount}},"ttl_seconds":60,"task_id":"{{task}}"{{(key is null ? "" : $",\"idempotency_key\":\"{key}\"")}}}""";

    private async Task<(int Amount, string? State)> FindAsync(string address)
    {
        var found = await Client.GetJsonAsync(address);
        return (found.GetProperty("amount").GetInt32(), found.Text("state"));
    }
}
