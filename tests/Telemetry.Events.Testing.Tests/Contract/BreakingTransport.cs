using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing.Tests.Contract;

/// <summary>Breaks the contract in one way.</summary>
internal sealed class BreakingTransport(IEventTransport inner) : IEventTransport
{
    private int _disposals;

    public string Name { get; init; } = inner.Name;

    /// <summary>Does with a batch what it must not.</summary>
    public required Func<SendCall, ValueTask> OnSend { get; init; }

    public bool ThrowsAtSecondDispose { get; init; }

    public ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken) =>
        OnSend(new SendCall(inner, batch, outcomes, cancellationToken));

    public ValueTask DisposeAsync()
    {
        ObjectDisposedException.ThrowIf(ThrowsAtSecondDispose && ++_disposals > 1, this);
        return inner.DisposeAsync();
    }
}
