using System.Text;

namespace Telemetry.Events.Testing;

/// <summary>Words for an expectation that does not hold.</summary>
/// <param name="Kind">Which events it is about.</param>
/// <param name="Predicate">The predicate's source text; null for none.</param>
internal readonly record struct Expectation(string Kind, string? Predicate)
{
    private const int MaxListed = 50;

    public string Describe(int? times, int matches, int candidates, IReadOnlyList<PublishedEvent> events, LedgerSnapshot ledger)
    {
        var text = new StringBuilder("Expected ").Append(times switch
        {
            null => "at least one",
            0 => "no",
            _ => $"exactly {times}",
        });
        text.Append(' ').Append(Kind);
        if (Predicate is not null)
            text.Append(" where ").Append(Predicate);
        text.Append(", but found ").Append(matches == 0 ? "none" : matches);
        if (Predicate is not null && candidates > 0)
            text.Append(" among ").Append(candidates).Append(" of that kind");
        AppendEvents(text.AppendLine("."), events);
        AppendRefusals(text, ledger);
        return text.ToString();
    }

    private static void AppendEvents(StringBuilder text, IReadOnlyList<PublishedEvent> events)
    {
        if (events.Count == 0)
        {
            text.AppendLine("Nothing was published.");
            return;
        }

        text.AppendLine("Published, in this order:");
        for (var i = 0; i < Math.Min(events.Count, MaxListed); i++)
            text.Append("  ").Append(i + 1).Append(". ").Append(events[i]).AppendLine();
        if (events.Count > MaxListed)
            text.Append("  … and ").Append(events.Count - MaxListed).AppendLine(" more.");
    }

    private static void AppendRefusals(StringBuilder text, LedgerSnapshot ledger)
    {
        var refusals = ledger.Classes.SelectMany(entry => entry.Refused).GroupBy(entry => entry.Key, entry => entry.Value).ToList();
        if (refusals.Count > 0)
            text.Append("Refused: ").AppendJoin(", ", refusals.Select(group => $"{group.Key} {group.Sum()}")).AppendLine(".");
    }
}
