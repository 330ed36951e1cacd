using Telemetry.Events.Routing;

namespace Telemetry.Events.Publishing;

/// <summary>
/// One lane for each transport and delivery class: a transport that stands still holds up nothing of another, and a flood of one class
/// nothing of another.
/// </summary>
internal sealed class LaneSet
{
    private static readonly DeliveryClass[] Classes = Enum.GetValues<DeliveryClass>();

    private readonly TransportTable _transports;
    private readonly DeliveryLane[] _lanes;

    public LaneSet(TransportTable transports, LaneCapacity capacity)
    {
        _transports = transports;
        var sequences = Classes.Select(_ => new SequenceCounter()).ToArray();
        _lanes =
        [
            .. transports.Transports.SelectMany(transport => Classes.Select((delivery, index) =>
                new DeliveryLane(delivery, transport, capacity, sequences[index]))),
        ];
    }

    public IReadOnlyList<DeliveryLane> All => _lanes;

    public DeliveryLane For(EventDescriptor descriptor) =>
        _lanes[(_transports.IndexFor(descriptor) * Classes.Length) + (int)descriptor.Delivery];

    public LedgerSnapshot Ledger() =>
        new([.. Classes.Select(delivery => DeliveryClassLedger.Sum(delivery, _lanes.Where(lane => lane.Delivery == delivery).Select(lane => lane.Snapshot())))]);
}
