using Telemetry.Events.Routing;
using Telemetry.Events.Spooling;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// One lane for each transport and delivery class: a transport that stands still holds up nothing of another, and a flood of one class
/// nothing of another.
/// </summary>
internal sealed class LaneSet
{
    private static readonly DeliveryClass[] InMemory = [DeliveryClass.Telemetry, DeliveryClass.Usage];

    private readonly TransportTable _transports;
    private readonly DeliveryLane[] _lanes;
    private readonly AuditLane[] _audit;

    /// <param name="transports">The transports.</param>
    /// <param name="capacityOf">The bounds of a class that is held in memory.</param>
    /// <param name="spool">Where events of class Audit go, and of class Usage at need; null where there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="giveUp">Shutdown's time is out.</param>
    public LaneSet(
        TransportTable transports,
        Func<DeliveryClass, LaneCapacity> capacityOf,
        IEventSpool? spool,
        TimeProvider time,
        CancellationToken giveUp)
    {
        _transports = transports;
        var sequences = InMemory.Select(_ => new SequenceCounter()).ToArray();
        var order = new AuditOrder();
        _lanes =
        [
            .. transports.Transports.SelectMany(transport => InMemory.Select((delivery, index) =>
                Create(delivery, transport, sequences[index]))),
        ];
        _audit = [.. transports.Transports.Select(transport => new AuditLane(transport, spool?.Open(transport.Name, DeliveryClass.Audit), order))];
        All = [.. _lanes, .. _audit];

        DeliveryLane Create(DeliveryClass delivery, IEventTransport transport, SequenceCounter sequence)
        {
            var capacity = capacityOf(delivery);
            return delivery == DeliveryClass.Usage && spool is not null
                ? new DeliveryLane(
                    delivery, transport, capacity, sequence, spool.Open(transport.Name, delivery), new SpillTrigger(capacity, time, giveUp))
                : new DeliveryLane(delivery, transport, capacity, sequence);
        }
    }

    public static IReadOnlyList<DeliveryClass> Classes { get; } = Enum.GetValues<DeliveryClass>();

    public IReadOnlyList<Lane> All { get; }

    public IReadOnlyList<DeliveryLane> Buffered => _lanes;

    public IReadOnlyList<AuditLane> Audit => _audit;

    /// <summary>The lane in memory that carries events of a kind; null for class Audit: <see cref="AuditFor"/>.</summary>
    public DeliveryLane? BufferedFor(EventDescriptor descriptor) => For(descriptor.Topic, descriptor.Delivery) as DeliveryLane;

    public AuditLane AuditFor(EventDescriptor descriptor) => _audit[_transports.IndexFor(descriptor.Topic, DeliveryClass.Audit)];

    /// <summary>The lane that carries a topic.</summary>
    public Lane For(string topic, DeliveryClass delivery)
    {
        var transport = _transports.IndexFor(topic, delivery);
        return delivery == DeliveryClass.Audit ? _audit[transport] : _lanes[(transport * InMemory.Length) + (int)delivery];
    }


    public LedgerSnapshot Ledger() =>
        new([.. Classes.Select(delivery => DeliveryClassLedger.Sum(delivery, All.Where(lane => lane.Delivery == delivery).Select(lane => lane.Snapshot())))]);
}
