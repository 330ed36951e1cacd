using System.Text.Json;
using Telemetry.Events;

namespace Telemetry.Chaos.Producers;

/// <summary>One class of a process's ledger, as it travels between processes.</summary>
internal sealed record ToldLedger
{
    public required DeliveryClass Delivery { get; init; }

    public required long Accepted { get; init; }

    public required long Delivered { get; init; }

    public required long Spooled { get; init; }

    public required long InFlight { get; init; }

    public required long Recovered { get; init; }

    public required long Redelivered { get; init; }

    public required long RecoveredDropped { get; init; }

    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    public long DroppedInAll => Dropped.Values.Sum();

    /// <summary>Events that have a sequence and whose callers were told that they were refused: the disk failed at their commit.</summary>
    public long GivenUpAtCommit => Delivery == DeliveryClass.Audit
        ? Dropped.Where(entry => entry.Key.StartsWith("spool_", StringComparison.Ordinal)).Sum(entry => entry.Value)
        : 0;

    public static string Say(string word, DeliveryClassLedger ledger) => $"{word} " + JsonSerializer.Serialize(new ToldLedger
    {
        Delivery = ledger.Delivery,
        Accepted = ledger.Accepted,
        Delivered = ledger.Delivered,
        Spooled = ledger.Spooled,
        InFlight = ledger.InFlight,
        Recovered = ledger.Recovered,
        Redelivered = ledger.Redelivered,
        RecoveredDropped = ledger.RecoveredDropped,
        Dropped = ledger.Dropped,
    });

    public static ToldLedger Read(string line) => JsonSerializer.Deserialize<ToldLedger>(line.AsSpan(2))!;
}
