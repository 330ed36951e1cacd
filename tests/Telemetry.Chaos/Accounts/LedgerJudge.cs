using Telemetry.Chaos.Producers;
using Telemetry.Events;

namespace Telemetry.Chaos.Accounts;

/// <summary>Compares the ledger of one process with what its calls said and what arrived.</summary>
internal static class LedgerJudge
{
    public static IEnumerable<string> Judge(ChaosAccount account, int number, ProcessAccount process)
    {
        if (!process.WasKilled && !process.HasEndLedger)
            yield return $"Process {number} stopped without its ledger.";
        foreach (var ledger in process.Ledgers.Values)
        {
            foreach (var problem in Judge(account, number, process, ledger))
                yield return $"{ledger.Delivery}: process {number} {problem} ({Say(ledger)}).";
        }
    }

    private static IEnumerable<string> Judge(ChaosAccount account, int number, ProcessAccount process, ToldLedger ledger)
    {
        var own = account.Classes[ledger.Delivery].Fates.Where(fate => fate.Key.Process == number).Select(fate => fate.Value).ToList();
        var arrived = own.Count(fate => fate.Arrivals > 0);
        if (ledger.Accepted != ledger.Delivered + ledger.DroppedInAll + ledger.Spooled + ledger.InFlight || ledger.InFlight < 0)
            yield return "has a ledger that does not close";
        if (ledger.Delivered > arrived)
            yield return $"counts {ledger.Delivered} delivered, and {arrived} arrived";
        if (process.WasKilled)
            yield break;

        var told = process.Accepted.GetValueOrDefault(ledger.Delivery);
        if (ledger.Accepted - ledger.GivenUpAtCommit != told)
            yield return $"accepted {told} events by what its calls said";
        if (ledger.InFlight != 0)
            yield return "ended with events in flight";
        // An attempt whose outcome nobody learned may have arrived and count as dropped; nothing else may.
        var missing = own.Count(fate => fate.Arrivals == 0 && fate.Told.Length > 0 && fate.Told != Words.Refused);
        if (missing > ledger.DroppedInAll - ledger.GivenUpAtCommit)
            yield return $"dropped {ledger.DroppedInAll - ledger.GivenUpAtCommit}, and {missing} are missing";
        if (ledger.Delivery != DeliveryClass.Telemetry && ledger.DroppedInAll > ledger.GivenUpAtCommit)
            yield return "gave up events of a durable class";
    }

    private static string Say(ToldLedger ledger) =>
        $"accepted {ledger.Accepted}, delivered {ledger.Delivered}, spooled {ledger.Spooled}, in flight {ledger.InFlight}, " +
        $"dropped {(ledger.Dropped.Count == 0 ? "none" : string.Join(" ", ledger.Dropped.Select(entry => $"{entry.Key} {entry.Value}")))}";
}
