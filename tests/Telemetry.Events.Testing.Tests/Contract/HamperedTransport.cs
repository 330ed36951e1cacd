using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing.Tests.Contract;

/// <summary>Stands for a slow road to the broker, or for a broker that throttles.</summary>
internal sealed class HamperedTransport(IEventTransport inner) : IEventTransport
{
    private readonly CancellationTokenSource _disposed = new();
    private int _throttled;

    public string Name => inner.Name;

    public TimeSpan Delay { get; set; }

    public void Throttle(int requests) => Volatile.Write(ref _throttled, requests);

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _throttled) > 0)
        {
            Interlocked.Decrement(ref _throttled);
            outcomes.Span.Fill(DeliveryOutcome.Retriable("throttled"));
            return;
        }

        if (Delay > TimeSpan.Zero)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
            await Task.Delay(Delay, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
                return;
        }

        await inner.SendAsync(batch, outcomes, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await inner.DisposeAsync();
    }
}
