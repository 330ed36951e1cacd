using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.IntegrationTests.DirectTopics;
using Telemetry.IntegrationTests.MainJob;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.IntegrationTests.Quotas;

/// <summary>From the SDK's call to the answer, over real brokers and a real store.</summary>
[Trait("Category", "Integration")]
public sealed class QuotaFlowTests
{
    private const int Users = 10;
    private const int Charges = 1000;

    [Theory]
    [InlineData("ClickHouse")]
    [InlineData("Embedded")]
    public async Task Balances_are_a_recount_of_what_was_published_and_still_after_a_restart(string mode)
    {
        await using var fixture = await QuotaFixture.StartAsync(limit: 100);
        if (mode == "ClickHouse")
            await fixture.ApplyAsync();
        var used = new Dictionary<(string User, string Resource), decimal>();
        await using var events = fixture.Publisher();
        await PublishAsync(events.Publisher, 0, used);

        string reservation;
        await using (var collector = await StartAsync(fixture, mode))
        {
            await collector.ReadyAsync();
            await CompareAsync(collector.Client, used);
            // While it runs, and each user is in memory.
            await PublishAsync(events.Publisher, Charges, used);
            SendTwice(fixture);
            used[("user-1", "cpu")] += 0.1m;
            // Of more digits than a floating-point number has. The stream is to read what the table gets: ClickHouse keeps the nearest such number.
            await events.Publisher.PublishAsync(new WkfCpuCharge("digits", "task", 123456.789123456789m, 1, 1));
            used[("digits", "cpu")] = mode == "ClickHouse" ? 123456.7891234568m : 123456.789123456789m;
            await CompareAsync(collector.Client, used);

            reservation = await ReserveAsync(collector.Client, "user-1", "task-held", 5);
            await events.Publisher.PublishAsync(new WkfCpuCharge("user-1", "task-held", 2, 1, 1));
            used[("user-1", "cpu")] += 2;
            var balance = await QuotaFixture.BalanceAsync(collector.Client, "user-1", "cpu", one => one.GetProperty("used").GetDecimal() == used[("user-1", "cpu")]);
            Assert.Equal(3, balance.GetProperty("reserved").GetDecimal());
            var metrics = await collector.Client.GetStringAsync("/metrics");
            Assert.All(["usage", "lag", "users", "decisions", "loads", "thresholds_pending"], name => Assert.Contains($"telemetry_collector_quota_{name}", metrics));
        }

        await using (var collector = await StartAsync(fixture, mode))
        {
            await collector.ReadyAsync();
            await CompareAsync(collector.Client, used);
            var kept = await collector.Client.GetFromJsonAsync<JsonElement>($"/v1/quotas/user-1/cpu/reservations/{reservation}");
            Assert.Equal((5, 3), (kept.GetProperty("amount").GetDecimal(), kept.GetProperty("outstanding").GetDecimal()));
        }

        if (mode != "ClickHouse")
            return;
        await fixture.Direct.UntilAsync(
            (2 * Charges) + 3, $"SELECT uniqExact(id) FROM ({string.Join(" UNION ALL ", QuotaFixture.UsageTopics.Select(topic => $"SELECT id FROM {fixture.Direct.Database.Table(topic)}"))})");
        Assert.Equal(used.OrderBy(pair => pair.Key), (await fixture.RecountAsync()).OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task Without_the_store_users_in_memory_are_served_others_told_so_and_nobody_restarts_anything()
    {
        await using var fixture = await QuotaFixture.StartAsync(limit: 100);
        if (!fixture.Direct.Server.CanBeKilled)
            return;
        await fixture.ApplyAsync();
        await using var events = fixture.Publisher();
        await events.Publisher.PublishAsync(new WkfCpuCharge("known", "task", 1, 1, 1));
        await using var collector = await StartAsync(fixture, "ClickHouse", "--Collector:Quota:BackgroundLoads", "0");
        await collector.ReadyAsync();
        await QuotaFixture.BalanceAsync(collector.Client, "known", "cpu", one => one.GetProperty("used").GetDecimal() == 1);

        await fixture.Direct.Server.KillAsync();
        await events.Publisher.PublishAsync(new WkfCpuCharge("known", "task", 2, 1, 1));
        await events.Publisher.PublishAsync(new WkfCpuCharge("unknown", "task", 4, 1, 1));

        await QuotaFixture.BalanceAsync(collector.Client, "known", "cpu", one => one.GetProperty("used").GetDecimal() == 3);
        await ReserveAsync(collector.Client, "known", "task-1", 5);
        var refused = await collector.Client.GetAsync("/v1/quotas/unknown/cpu");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("store_unavailable", await refused.Content.ReadAsStringAsync());
        Assert.NotNull(refused.Headers.RetryAfter);

        await fixture.Direct.Server.RestartAsync();
        await QuotaFixture.BalanceAsync(collector.Client, "unknown", "cpu", one => one.GetProperty("used").GetDecimal() == 4);
    }

    [Fact]
    public async Task A_threshold_is_told_once_a_period_whatever_is_restarted()
    {
        await using var fixture = await QuotaFixture.StartAsync(limit: 10);
        await using var events = fixture.Publisher();
        await using (var collector = await StartAsync(fixture, "Embedded"))
        {
            await collector.ReadyAsync();
            await events.Publisher.PublishAsync(new WkfCpuCharge("ann", "task", 8.5m, 1, 1));
            await QuotaFixture.BalanceAsync(collector.Client, "ann", "cpu", one => one.GetProperty("used").GetDecimal() == 8.5m);
            await events.Publisher.PublishAsync(new WkfCpuCharge("ann", "task", 2, 1, 1));
            await QuotaFixture.BalanceAsync(collector.Client, "ann", "cpu", one => one.GetProperty("used").GetDecimal() == 10.5m);
            Assert.Equal(["quota.limit.reach.warn ann cpu 80", "quota.limit.reach.stop ann cpu 100"], Told(fixture, 2));
            await NotedAsync(collector);
        }

        await using (var collector = await StartAsync(fixture, "Embedded"))
        {
            await collector.ReadyAsync();
            await QuotaFixture.BalanceAsync(collector.Client, "ann", "cpu", one => one.GetProperty("used").GetDecimal() == 10.5m);
            await events.Publisher.PublishAsync(new WkfCpuCharge("bob", "task", 10, 1, 1));
            await QuotaFixture.BalanceAsync(collector.Client, "bob", "cpu", one => one.GetProperty("used").GetDecimal() == 10);
            Assert.Equal(4, Told(fixture, 4).Count);
        }
    }

    private static Task<CollectorInstance> StartAsync(QuotaFixture fixture, string mode, params string[] more) => CollectorInstance.StartAsync(
        fixture.Direct.Kafka.BootstrapServers, "http://127.0.0.1:9", fixture.RunStore, [.. fixture.Settings(mode), .. more]);

    private static async Task PublishAsync(IEventPublisher publisher, int from, Dictionary<(string User, string Resource), decimal> used)
    {
        for (var number = from; number < from + Charges; number++)
        {
            var (user, task, credits) = ($"user-{number % Users}", $"task-{number}", number % 7 == 0 ? -0.005m : 0.01m * (number % 5));
            var result = (number / Users % 4) switch
            {
                0 => await publisher.PublishAsync(new WkfCpuCharge(user, task, credits, 1, 1)),
                1 => await publisher.PublishAsync(new KuberCpuCharge(user, task, "node", credits, 1, 1)),
                2 => await publisher.PublishAsync(new WkfGpuCharge(user, task, credits, 1, 1)),
                _ => await publisher.PublishAsync(new KuberGpuCharge(user, task, "node", credits, 1, 1)),
            };
            Assert.True(result.IsAccepted);
            var key = (user, number / Users % 4 < 2 ? "cpu" : "gpu");
            used[key] = used.GetValueOrDefault(key) + credits;
        }

        await publisher.FlushAsync(TimeSpan.FromSeconds(30));
    }

    private static void SendTwice(QuotaFixture fixture)
    {
        using var producer = new RawProducer(fixture.Direct.Kafka.BootstrapServers);
        var charge = Charge.Good(1).ToJsonString();
        producer.Produce("wkf_cpu", charge, "user-1");
        producer.Produce("wkf_cpu", charge, "user-1");
        producer.Produce("wkf_cpu", "no event", "user-1");
        producer.Flush();
    }

    private static async Task CompareAsync(HttpClient client, Dictionary<(string User, string Resource), decimal> used)
    {
        foreach (var ((user, resource), sum) in used)
            await QuotaFixture.BalanceAsync(client, user, resource, one => one.GetProperty("used").GetDecimal() == sum);
    }

    private static async Task<string> ReserveAsync(HttpClient client, string user, string task, decimal amount)
    {
        var response = await client.PostAsJsonAsync($"/v1/quotas/{user}/cpu/reservations", new { amount, ttl_seconds = 3600, task_id = task, idempotency_key = task });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reservation").GetProperty("id").GetString()!;
    }

    // Acknowledged by Kafka is not in the state log yet.
    private static async Task NotedAsync(CollectorInstance collector)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (collector.Gauge("telemetry.collector.quota.thresholds.pending") != 0)
            await Task.Delay(100, deadline.Token);
    }

    private static List<string> Told(QuotaFixture fixture, int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return [.. KafkaReader.Read(fixture.Direct.Kafka, "quota_limit", 3, count, deadline.Token).OrderBy(record => record.Offset.Value).Select(record =>
        {
            var told = JsonDocument.Parse(record.Message.Value).RootElement;
            var data = told.GetProperty("data");
            return $"{told.GetProperty("type").GetString()} {data.GetProperty("user_id").GetString()} {data.GetProperty("resource").GetString()} {data.GetProperty("threshold_percent").GetInt64()}";
        })];
    }
}
