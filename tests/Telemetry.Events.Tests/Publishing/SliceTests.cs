using System.Collections.Concurrent;
using System.Text;
using Telemetry.Events.Publishing;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using static Telemetry.Events.Tests.Publishing.PublisherFixture;

namespace Telemetry.Events.Tests.Publishing;

public class SliceTests
{
    [Fact]
    public async Task Every_attempt_sends_the_same_bytes()
    {
        var bodies = new ConcurrentDictionary<Guid, HashSet<string>>();
        var transport = new InMemoryTransport((outgoing, attempt) =>
        {
            bodies.GetOrAdd(outgoing.Id, _ => []).Add(Encoding.UTF8.GetString(outgoing.Body.Span) + Encoding.UTF8.GetString(outgoing.Key.Span));
            // Neighbours are settled at different attempts, so that what is left moves within its slice.
            return attempt > outgoing.Body.Span[^4] % 4 ? DeliveryOutcome.Delivered() : DeliveryOutcome.Retriable("later");
        });
        await using var publisher = Create(transport, options => options.MaxBatchEvents = 50);

        for (var i = 0; i < 500; i++)
            Assert.True(publisher.Publish(new UsageSample($"{i}", $"key-{i}")).IsAccepted);
        await publisher.FlushAsync(Patience);

        Assert.Equal(500, bodies.Count);
        Assert.All(bodies.Values, attempts => Assert.Single(attempts));
        Assert.Equal(500, bodies.Values.SelectMany(attempts => attempts).Distinct().Count());
        Assert.True(publisher.Usage().Retried > 0);
    }

    [Fact]
    public async Task A_slice_ends_where_its_bytes_are_enough()
    {
        const int EventBytes = 900_000;
        var sizes = new ConcurrentQueue<int>();
        var transport = new MeasuringTransport(sizes);
        await using var publisher = Create(transport);

        for (var i = 0; i < 40; i++)
            Assert.True((await publisher.PublishAsync(new UsageSample(new string('x', EventBytes)))).IsAccepted);
        await publisher.FlushAsync(Patience);

        Assert.Equal(40, publisher.Usage().Delivered);
        Assert.All(sizes, size => Assert.InRange(size, EventBytes, SliceBuffer.MaxBytes + (2 * EventBytes)));
    }

    private sealed class MeasuringTransport(ConcurrentQueue<int> sizes) : IEventTransport
    {
        public string Name => "measuring";

        public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        {
            var size = 0;
            foreach (var outgoing in batch.Span)
                size += outgoing.Body.Length;
            sizes.Enqueue(size);
            outcomes.Span.Fill(DeliveryOutcome.Delivered());
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
