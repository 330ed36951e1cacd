using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.QuotaLoad;

/// <summary>Checks of users in memory, on one thread, beside a dictionary and an interlocked addition.</summary>
internal static class CheckRun
{
    private const int Users = 1000;
    private const int Checks = 2_000_000;

    public static async Task RunAsync(int rounds)
    {
        var ledger = World.Create(new QuotaOptions { BackgroundLoads = 0 });
        var users = Enumerable.Range(0, Users).Select(_ => Guid.NewGuid().ToString()).ToArray();
        foreach (var user in users)
            await ledger.CheckAsync(user, null, "cpu", QuotaAmount.From(1), default);
        var balances = users.ToDictionary(user => user, _ => new long[1], StringComparer.Ordinal);
        Rounds.Compare(
            rounds, Checks, "ledger", () => Rounds.Time(() => Check(ledger, users)),
            "dictionary and interlocked", () => Rounds.Time(() => Look(balances, users)));
    }

    private static void Check(QuotaLedger ledger, string[] users)
    {
        var amount = QuotaAmount.From(1);
        for (var i = 0; i < Checks; i++)
        {
            var answer = ledger.CheckAsync(users[i % Users], null, "cpu", amount, default);
            if (!answer.IsCompletedSuccessfully || !answer.Result.Value.IsGranted)
                throw new InvalidOperationException("A user in memory was not answered at once.");
        }
    }

    private static void Look(Dictionary<string, long[]> balances, string[] users)
    {
        for (var i = 0; i < Checks; i++)
        {
            if (Interlocked.Add(ref balances[users[i % Users]][0], 1) < 0)
                throw new InvalidOperationException("The balance ran over.");
        }
    }
}
