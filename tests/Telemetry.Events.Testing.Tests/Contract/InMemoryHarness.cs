using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing.Tests.Contract;

/// <summary>The in-memory transport is its own broker, behind whatever a test puts before it.</summary>
internal sealed class InMemoryHarness : TransportHarness
{
    private const int MaxBytes = 1_000_000;

    private readonly InMemoryTransport _broker =
        new((outgoing, _) => outgoing.Body.Length > MaxBytes ? DeliveryOutcome.Final("too_large") : DeliveryOutcome.Delivered());

    private readonly Func<IEventTransport, IEventTransport> _decorate;
    private readonly Func<ValueTask> _beforeReadBack;

    public InMemoryHarness(Func<IEventTransport, IEventTransport>? decorate = null, Func<ValueTask>? beforeReadBack = null)
    {
        _decorate = decorate ?? (transport => transport);
        _beforeReadBack = beforeReadBack ?? (() => ValueTask.CompletedTask);
    }

    public override TransportCapabilities Capabilities => TransportCapabilities.Outage | TransportCapabilities.SizeLimit;

    public override TimeSpan Patience => TimeSpan.FromSeconds(30);

    public override TimeSpan Promptness => TimeSpan.FromSeconds(2);

    public override int TooLargeBytes => MaxBytes + 1;

    public override ValueTask<IEventTransport> CreateTransportAsync() => ValueTask.FromResult(_decorate(_broker));

    public override ValueTask TakeDownAsync()
    {
        _broker.Pause();
        return ValueTask.CompletedTask;
    }

    public override ValueTask BringUpAsync()
    {
        _broker.Resume();
        return ValueTask.CompletedTask;
    }

    // All that is delivered is there at once: nothing to wait for.
    public override async Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken)
    {
        await _beforeReadBack();
        return
        [
            .. _broker.Delivered.Select(received => new StoredEvent(
                received.Topic, Partition: 0, received.Key is null ? default : Encoding.UTF8.GetBytes(received.Key), received.Body)),
        ];
    }
}
