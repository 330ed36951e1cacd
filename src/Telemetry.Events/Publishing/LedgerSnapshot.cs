namespace Telemetry.Events;

/// <summary>
/// What became of every event of this publisher so far, by delivery class. It closes at any moment:
/// accepted = delivered + dropped + spooled + in flight.
/// </summary>
/// <param name="Classes">One entry for each delivery class.</param>
public sealed record LedgerSnapshot(IReadOnlyList<DeliveryClassLedger> Classes)
{
    /// <summary>The entry of one delivery class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is not a defined one.</exception>
    public DeliveryClassLedger this[DeliveryClass delivery] =>
        Classes.FirstOrDefault(entry => entry.Delivery == delivery)
        ?? throw new ArgumentOutOfRangeException(nameof(delivery), delivery, "Not a delivery class.");

    /// <summary>Events accepted, in memory alone, and neither delivered nor dropped yet, over all classes.</summary>
    public long InFlight => Classes.Sum(entry => entry.InFlight);

    /// <summary>Events accepted, on disk, and neither delivered nor dropped yet, over all classes.</summary>
    public long Spooled => Classes.Sum(entry => entry.Spooled);

    /// <summary>One line for a log.</summary>
    public override string ToString() => string.Join("; ", Classes);
}
