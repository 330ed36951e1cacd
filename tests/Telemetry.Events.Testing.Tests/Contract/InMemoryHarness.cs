using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing.Tests.Contract;

/// <summary>The in-memory transport is its own broker, behind whatever a test puts before it.</summary>
internal sealed class InMemoryHarness : TransportHarness
{
    private const int MaxBytes = 1_000_000;

    private readonly InMemoryTransport _broker =
        new((outgoing, _) => outgoing.Body.Length > MaxBytes ? DeliveryOutcome.Final("too_large") : DeliveryOutcome.Delivered());

    private readonly HamperedTransport _road;

    private readonly Func<IEventTransport, IEventTransport> _decorate;
    private readonly Func<ValueTask> _beforeReadBack;

    public InMemoryHarness(
        Func<IEventTransport, IEventTransport>? decorate = null, Func<ValueTask>? beforeReadBack = null, TimeSpan? patience = null)
    {
        Patience = patience ?? TimeSpan.FromSeconds(30);
        _road = new HamperedTransport(_broker);
        _decorate = decorate ?? (transport => transport);
        _beforeReadBack = beforeReadBack ?? (() => ValueTask.CompletedTask);
    }

    public const TransportCapabilities All = TransportCapabilities.Outage | TransportCapabilities.SizeLimit |
        TransportCapabilities.Slowness | TransportCapabilities.Throttling | TransportCapabilities.ManyTopics;

    public override TransportCapabilities Capabilities => All;

    public override TimeSpan Patience { get; }

    public override TimeSpan Promptness => TimeSpan.FromSeconds(2);

    public override int TooLargeBytes => MaxBytes + 1;

    public override ValueTask<IEventTransport> CreateTransportAsync() => ValueTask.FromResult(_decorate(_road));

    public override IReadOnlyList<string> OtherTopics => ["contract-2", "contract-3"];


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

    public override ValueTask SlowDownAsync(TimeSpan delay)
    {
        _road.Delay = delay;
        return ValueTask.CompletedTask;
    }

    public override ValueTask ThrottleAsync(int requests)
    {
        _road.Throttle(requests);
        return ValueTask.CompletedTask;
    }

    public override Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken) =>
        ReadBackFromAsync(Topic, count, cancellationToken);

    // All that is delivered is there at once: nothing to wait for.
    public override async Task<IReadOnlyList<StoredEvent>> ReadBackFromAsync(string topic, int count, CancellationToken cancellationToken)
    {
        await _beforeReadBack();
        return
        [
            .. _broker.Delivered.Where(received => received.Topic == topic).Select(received => new StoredEvent(
                received.Topic, Partition: 0, received.Key is null ? default : Encoding.UTF8.GetBytes(received.Key), received.Body)),
        ];
    }
}
