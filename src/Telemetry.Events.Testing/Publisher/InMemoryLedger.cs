namespace Telemetry.Events.Testing;

/// <summary>The account of an <see cref="InMemoryEventPublisher"/>. Its owner guards it.</summary>
internal sealed class InMemoryLedger
{
    private readonly Dictionary<DeliveryClass, Account> _accounts =
        Enum.GetValues<DeliveryClass>().ToDictionary(delivery => delivery, _ => new Account());

    /// <returns>How many were accepted before.</returns>
    public long Accept(DeliveryClass delivery) => _accounts[delivery].Accepted++;

    public void Refuse(DeliveryClass delivery, RefusalReason reason) => Increment(_accounts[delivery].Refused, reason);

    /// <param name="delivery">The class.</param>
    /// <param name="dropReason">Null where the event was delivered.</param>
    public void Settle(DeliveryClass delivery, string? dropReason)
    {
        if (dropReason is null)
            _accounts[delivery].Delivered++;
        else
            Increment(_accounts[delivery].Dropped, dropReason);
    }

    public LedgerSnapshot Snapshot() => new(
    [
        .. _accounts.Select(entry => new DeliveryClassLedger
        {
            Delivery = entry.Key,
            Accepted = entry.Value.Accepted,
            Delivered = entry.Value.Delivered,
            Retried = 0,
            Dropped = new Dictionary<string, long>(entry.Value.Dropped),
            Refused = new Dictionary<RefusalReason, long>(entry.Value.Refused),
        }),
    ]);

    private static void Increment<TReason>(Dictionary<TReason, long> counts, TReason reason)
        where TReason : notnull =>
        counts[reason] = counts.GetValueOrDefault(reason) + 1;

    private sealed class Account
    {
        public Dictionary<string, long> Dropped { get; } = new(StringComparer.Ordinal);

        public Dictionary<RefusalReason, long> Refused { get; } = [];

        public long Accepted { get; set; }

        public long Delivered { get; set; }
    }
}
