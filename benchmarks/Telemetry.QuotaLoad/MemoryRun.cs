using System.Globalization;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.QuotaLoad;

/// <summary>Users in memory, with UUIDs for names and two resources each, beside a dictionary of the same names.</summary>
internal static class MemoryRun
{
    public static async Task RunAsync(int users)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var balances = new Dictionary<string, decimal[]>(StringComparer.Ordinal);
        for (var i = 0; i < users; i++)
            balances.Add(Guid.NewGuid().ToString(), new decimal[2]);
        Print("dictionary of two decimals", users, GC.GetTotalMemory(forceFullCollection: true) - before);
        GC.KeepAlive(balances);
        balances = null;

        before = GC.GetTotalMemory(forceFullCollection: true);
        var ledger = World.Create(new QuotaOptions { BackgroundLoads = 0, MaxUsers = users });
        for (var i = 0; i < users; i++)
            await ledger.CheckAsync(Guid.NewGuid().ToString(), null, "cpu", QuotaAmount.From(1), default);
        Print("ledger", users, GC.GetTotalMemory(forceFullCollection: true) - before);
        var inMemory = ledger.Sum(counters => counters.Users);
        if (inMemory != users)
            throw new InvalidOperationException($"{inMemory} of {users} users are in memory.");
        GC.KeepAlive(ledger);
    }

    private static void Print(string name, int users, long bytes) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {users:N0} users | {bytes / 1048576.0:F1} MB | {bytes / (double)users:F0} bytes a user |"));
}
