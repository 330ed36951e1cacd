using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing.Tests.Contract;

/// <summary>The arguments of one SendAsync.</summary>
internal sealed record SendCall(
    IEventTransport Inner, ReadOnlyMemory<OutgoingEvent> Batch, Memory<DeliveryOutcome> Outcomes, CancellationToken Token)
{
    /// <summary>Does what a good transport does.</summary>
    public ValueTask SendAsync() => Inner.SendAsync(Batch, Outcomes, Token);

    /// <summary>Sends other events in place of these, and reports for these what became of those.</summary>
    public ValueTask SendAsync(Func<OutgoingEvent[], OutgoingEvent[]> change) => Inner.SendAsync(change(Batch.ToArray()), Outcomes, Token);
}
