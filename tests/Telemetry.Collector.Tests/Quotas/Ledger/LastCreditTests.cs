using System.Globalization;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Ledger;
using static Telemetry.Collector.Tests.Quotas.Ledger.LedgerWorld;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Whoever asks at the same time: the last credit is granted once.</summary>
public class LastCreditTests
{
    private const int Threads = 4;

    [Fact]
    public async Task Of_requests_for_the_last_credit_exactly_one_is_granted()
    {
        var tries = int.Parse(Environment.GetEnvironmentVariable("TELEMETRY_QUOTA_TRIES") ?? "10000", CultureInfo.InvariantCulture);
        var world = new LedgerWorld(new QuotaOptions { BackgroundLoads = 0, LoadBackoff = TimeSpan.Zero }, shards: 8);
        world.Book.SetForAll(Monthly(1));
        var grants = new int[tries];
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (var user = 0; user < tries; user++)
            {
                var answer = await world.ReserveAsync($"u{user}", 1, $"t{thread}");
                Assert.Equal(QuotaStatus.Ok, answer.Status);
                if (answer.Value!.Reservation is not null)
                    Interlocked.Increment(ref grants[user]);
            }
        })));

        Assert.All(grants, granted => Assert.Equal(1, granted));
    }
}
