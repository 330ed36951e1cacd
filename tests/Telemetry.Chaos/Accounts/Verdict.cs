using System.Globalization;
using Telemetry.Chaos.Events;
using Telemetry.Chaos.Producers;
using Telemetry.Events;

namespace Telemetry.Chaos.Accounts;

/// <summary>Compares what was promised with what came, when all is over.</summary>
internal static class Verdict
{
    /// <summary>The sentences about what was broken; nothing where every promise held.</summary>
    public static IReadOnlyList<string> Judge(ChaosAccount account)
    {
        var broken = new List<string>();
        foreach (var classAccount in account.Classes.Values)
        {
            JudgeEvents(account, classAccount);
            if (classAccount.Delivery == DeliveryClass.Audit)
                JudgeSequences(account, classAccount);
            broken.AddRange(classAccount.Broken);
            if (classAccount.BrokenInAll > classAccount.Broken.Count)
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"{classAccount.Delivery}: and {classAccount.BrokenInAll - classAccount.Broken.Count} more."));
        }

        broken.AddRange(account.Processes.SelectMany(process => LedgerJudge.Judge(account, process.Key, process.Value)));
        return broken;
    }

    private static void JudgeEvents(ChaosAccount account, ClassAccount classAccount)
    {
        foreach (var (number, fate) in classAccount.Fates)
        {
            var process = account.Processes[number.Process];
            if (fate.Told == Words.Refused && fate.Arrivals > 0)
                classAccount.Break($"{number} was refused and arrived.");
            else if (fate.Told.Length == 0)
                JudgeUntold(classAccount, number, process);
            else if (fate.Arrivals == 0 && IsPromised(classAccount.Delivery, fate.Told))
                classAccount.Break($"{number} is missing; its call said '{fate.Told}'.");
        }
    }

    /// <summary>Whatever became of the process. What else is missing, its ledger has to explain.</summary>
    private static bool IsPromised(DeliveryClass delivery, string told) => told switch
    {
        Words.Accepted => delivery == DeliveryClass.Audit,
        Words.Confirmed or Words.LeftOnDisk => true,
        _ => false,
    };

    /// <summary>An event that nobody told of: its call was in progress at the kill, which makes it the next one of its flow.</summary>
    private static void JudgeUntold(ClassAccount classAccount, EventNumber number, ProcessAccount process)
    {
        if (!process.WasKilled)
            classAccount.Break($"{number} arrived, and its process stopped without a word of it.");
        else if (number.Index != process.LastTold.GetValueOrDefault((classAccount.Delivery, number.Flow)) + 1)
            classAccount.Break($"{number} arrived, and its flow never told of it.");
    }

    /// <summary>Class Audit: a sequence that is missing has a refusal that explains it, or its call was in progress at the kill.</summary>
    private static void JudgeSequences(ChaosAccount account, ClassAccount classAccount)
    {
        var missing = classAccount.Sequences.Values.Sum(seen => seen.Max() - seen.Count);
        var refusedAtCommit = classAccount.Fates.Values.Count(fate => fate.Told == Words.Refused);
        var inProgress = account.Processes.Values.Where(process => process.WasKilled)
            .Sum(process => process.LastTold.Keys.Count(key => key.Item1 == DeliveryClass.Audit));
        if (missing > refusedAtCommit + inProgress)
            classAccount.Break($"{missing} sequences are missing before the last of their producers, and {refusedAtCommit} events were refused.");
    }
}
