using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Events.Routing;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Routing;

/// <summary>Two transports as one: with the first one's circuit closed, or open from the beginning.</summary>
internal sealed class FailoverHarness(bool open) : TransportHarness
{
    public const TransportCapabilities All = TransportCapabilities.Outage | TransportCapabilities.SizeLimit;

    private const int MaxBytes = 1_000_000;

    private readonly InMemoryTransport _first = NewBroker();
    private readonly InMemoryTransport _second = NewBroker();

    public override TransportCapabilities Capabilities => All;

    public override TimeSpan Promptness => TimeSpan.FromSeconds(2);

    public override int TooLargeBytes => MaxBytes + 1;

    public override async ValueTask<IEventTransport> CreateTransportAsync()
    {
        var options = new FailoverOptions { BreakDuration = TimeSpan.FromHours(1) };
        var first = new FaultingTransport(_first, open ? new FaultScript().ThenRetry("down") : new FaultScript());
        var pair = new FailoverTransport(first, _second, options, TimeProvider.System, NullLogger.Instance);
        for (var i = 0; open && i < options.FailureThreshold; i++)
            await pair.SendAsync(new OutgoingEvent[1], new DeliveryOutcome[1], CancellationToken.None);
        return new OwningTransport(pair);
    }

    public override ValueTask TakeDownAsync()
    {
        _first.Pause();
        _second.Pause();
        return ValueTask.CompletedTask;
    }

    public override ValueTask BringUpAsync()
    {
        _first.Resume();
        _second.Resume();
        return ValueTask.CompletedTask;
    }

    public override Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredEvent>>(
        [
            .. _first.Delivered.Concat(_second.Delivered).Select(received => new StoredEvent(
                received.Topic, Partition: 0, received.Key is null ? default : Encoding.UTF8.GetBytes(received.Key), received.Body)),
        ]);

    private static InMemoryTransport NewBroker() =>
        new((outgoing, _) => outgoing.Body.Length > MaxBytes ? DeliveryOutcome.Final("too_large") : DeliveryOutcome.Delivered());

    /// <summary>Disposes the two, as a publisher does that has them beside their pair.</summary>
    private sealed class OwningTransport(FailoverTransport pair) : IEventTransport
    {
        public string Name => pair.Name;

        public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken) =>
            pair.SendAsync(batch, outcomes, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await pair.Primary.DisposeAsync();
            await pair.Secondary.DisposeAsync();
            await pair.DisposeAsync();
        }
    }
}
