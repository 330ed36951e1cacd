using System.Text;

namespace Telemetry.Events;

/// <summary>The account of one delivery class. All members are taken at one moment.</summary>
public sealed record DeliveryClassLedger
{
    /// <summary>The class.</summary>
    public required DeliveryClass Delivery { get; init; }

    /// <summary>Events that the publisher answers for; each has its sequence, or gets it when its chunk is sealed.</summary>
    public required long Accepted { get; init; }

    /// <summary>Events that a broker acknowledged.</summary>
    public required long Delivered { get; init; }

    /// <summary>Attempts after the first, summed over all events.</summary>
    public required long Retried { get; init; }

    /// <summary>Accepted events that were given up, by reason (snake_case).</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Calls that were not accepted, by reason. These are not part of <see cref="Accepted"/>.</summary>
    public required IReadOnlyDictionary<RefusalReason, long> Refused { get; init; }

    /// <summary>Accepted events that are on disk and neither delivered nor dropped. They outlive the process.</summary>
    public long Spooled { get; init; }

    /// <summary>Events that earlier processes left on disk and this one found. Not part of <see cref="Accepted"/>: those answered for them.</summary>
    public long Recovered { get; init; }

    /// <summary>Of <see cref="Recovered"/>, those that a broker acknowledged.</summary>
    public long Redelivered { get; init; }

    /// <summary>Of <see cref="Recovered"/>, those that were given up; the log has the reasons.</summary>
    public long RecoveredDropped { get; init; }

    /// <summary>Accepted, in memory alone, and neither delivered nor dropped yet.</summary>
    public long InFlight => Accepted - Delivered - Dropped.Values.Sum() - Spooled;

    internal static DeliveryClassLedger Sum(DeliveryClass delivery, IEnumerable<DeliveryClassLedger> ledgers)
    {
        var all = ledgers.ToList();
        return all.Count == 1 ? all[0] : new DeliveryClassLedger
        {
            Delivery = delivery,
            Accepted = all.Sum(ledger => ledger.Accepted),
            Delivered = all.Sum(ledger => ledger.Delivered),
            Retried = all.Sum(ledger => ledger.Retried),
            Spooled = all.Sum(ledger => ledger.Spooled),
            Recovered = all.Sum(ledger => ledger.Recovered),
            Redelivered = all.Sum(ledger => ledger.Redelivered),
            RecoveredDropped = all.Sum(ledger => ledger.RecoveredDropped),
            Dropped = Sum(all.SelectMany(ledger => ledger.Dropped)),
            Refused = Sum(all.SelectMany(ledger => ledger.Refused)),
        };
    }

    /// <summary>Such as <c>Usage: accepted 3 = delivered 2 + dropped 0 + spooled 0 + in flight 1</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Delivery).Append(": accepted ").Append(Accepted)
            .Append(" = delivered ").Append(Delivered)
            .Append(" + dropped ").Append(Dropped.Values.Sum());
        if (Dropped.Count > 0)
            text.Append(" (").AppendJoin(", ", Dropped.Select(entry => $"{entry.Key} {entry.Value}")).Append(')');
        text.Append(" + spooled ").Append(Spooled).Append(" + in flight ").Append(InFlight);
        if (Recovered > 0)
        {
            text.Append(", recovered ").Append(Recovered).Append(" of which delivered ").Append(Redelivered)
                .Append(" and dropped ").Append(RecoveredDropped);
        }

        if (Refused.Count > 0)
            text.Append(", refused ").AppendJoin(", ", Refused.Select(entry => $"{entry.Key} {entry.Value}"));
        return text.ToString();
    }

    private static Dictionary<TKey, long> Sum<TKey>(IEnumerable<KeyValuePair<TKey, long>> counts)
        where TKey : notnull =>
        counts.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value));
}
