using System.Globalization;
using Telemetry.Chaos.Producers;

namespace Telemetry.Chaos.Accounts;

/// <summary>The result of a run, for people.</summary>
internal static class ResultTable
{
    public static void Write(TextWriter output, ChaosAccount account)
    {
        output.WriteLine("| class | accepted | confirmed | arrived | duplicates | missing | in progress at a kill, arrived | dropped by the ledgers of stopped processes | refused |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var entry in account.Classes.Values.Where(entry => entry.Fates.Count > 0))
            output.WriteLine(Row(account, entry));
    }

    private static string Row(ChaosAccount account, ClassAccount entry)
    {
        var fates = entry.Fates.Values;
        var accepted = fates.Count(fate => fate.Told.Length > 0 && fate.Told != Words.Refused);
        var confirmed = fates.Count(fate => fate.Told == Words.Confirmed);
        var arrived = fates.Count(fate => fate.Arrivals > 0);
        var missing = fates.Count(fate => fate.Arrivals == 0 && fate.Told.Length > 0 && fate.Told != Words.Refused);
        var untold = fates.Count(fate => fate.Told.Length == 0);
        var dropped = account.Processes.Values.Where(process => !process.WasKilled)
            .SelectMany(process => process.Ledgers.Values.Where(ledger => ledger.Delivery == entry.Delivery))
            .SelectMany(ledger => ledger.Dropped)
            .GroupBy(reason => reason.Key, reason => reason.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {entry.Delivery} | {accepted} | {confirmed} | {arrived} | {entry.Arrivals - arrived} | {missing} | {untold} | {Say(dropped)} | {Say(entry.Refused)} |");
    }

    private static string Say(Dictionary<string, long> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}"));
}
