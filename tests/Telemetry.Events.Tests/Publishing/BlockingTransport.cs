using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Publishing;

/// <summary>Says when it was entered, and returns nothing but unknowns until it is cancelled or released.</summary>
internal sealed class BlockingTransport : IEventTransport
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "blocking";

    public Task Entered => _entered.Task;

    public void Release() => _released.TrySetResult();

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        try
        {
            await _released.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        outcomes.Span.Fill(DeliveryOutcome.Delivered());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
