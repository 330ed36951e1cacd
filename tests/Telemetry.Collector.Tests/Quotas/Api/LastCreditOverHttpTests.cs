using System.Globalization;
using System.Text;

namespace Telemetry.Collector.Tests.Quotas.Api;

/// <summary>The same race as in the ledger's own test, through the whole server: several connections ask for the last credit of the same users.</summary>
public class LastCreditOverHttpTests
{
    private const int Connections = 4;
    private const int Batch = 500;

    [Fact]
    public async Task Of_requests_by_several_connections_exactly_one_gets_the_last_credit()
    {
        var tries = int.Parse(Environment.GetEnvironmentVariable("TELEMETRY_QUOTA_TRIES") ?? "5000", CultureInfo.InvariantCulture);
        await using var quotas = await QuotaCollector.StartAsync();
        await quotas.Client.PutAsync("/v1/quota-plans/one", """{"limits":{"gpu":{"amount":1,"period":"none"}}}""");
        await quotas.Client.PutAsync("/v1/quota-limits/default", """{"plan":"one"}""");
        var grants = new int[tries];

        // A client each, and with it a connection each.
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            using var client = new HttpClient { BaseAddress = quotas.Client.BaseAddress };
            for (var first = 0; first < tries; first += Batch)
                await ReserveAsync(client, first, Math.Min(Batch, tries - first), $"t{connection}", grants);
        })));

        Assert.All(grants, granted => Assert.Equal(1, granted));
    }

    private static async Task ReserveAsync(HttpClient client, int first, int count, string task, int[] grants)
    {
        var body = new StringBuilder("""{"reservations":[""");
        for (var i = first; i < first + count; i++)
        {
            body.Append(i == first ? "" : ",");
            body.Append(CultureInfo.InvariantCulture, $$"""{"user":"u{{i}}","resource":"gpu","amount":1,"ttl_seconds":3600,"task_id":"{{task}}"}""");
        }

        var results = (await client.PostAsync("/v1/quotas/reservations", body.Append("]}").ToString())).Json().GetProperty("results");
        Assert.Equal(count, results.GetArrayLength());
        var user = first;
        foreach (var result in results.EnumerateArray())
        {
            if (result.GetProperty("granted").GetBoolean())
                Interlocked.Increment(ref grants[user]);
            user++;
        }
    }
}
