using Telemetry.Events.Testing;
using static Telemetry.Events.Tests.Publishing.PublisherFixture;

namespace Telemetry.Events.Tests.Publishing;

public class OrderTests
{
    [Fact]
    public async Task Events_of_one_thread_arrive_in_their_order()
    {
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport);

        for (var i = 0; i < 5000; i++)
            Assert.True(publisher.Publish(new UsageSample($"{i}", "key")).IsAccepted);
        await publisher.FlushAsync(Patience);

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i}"), transport.Delivered.Select(Text));
    }

    [Fact]
    public async Task Events_of_one_flow_arrive_in_their_order_whatever_threads_it_goes_through()
    {
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport, options => options.MaxBatchEvents = 7);

        // Other flows fill chunks meanwhile, so that this one's events are spread over full and partial ones.
        await Task.WhenAll(new[] { "flow", "a", "b", "c" }.Select(key => PublishFlowAsync(publisher, key)));
        await publisher.FlushAsync(Patience);

        Assert.Equal(
            Enumerable.Range(0, 3000).Select(i => $"{i}"),
            transport.Delivered.Where(received => received.Key == "flow").Select(Text));
    }

    private static async Task PublishFlowAsync(IEventPublisher publisher, string key)
    {
        for (var i = 0; i < 3000; i++)
        {
            await publisher.PublishAsync(new UsageSample($"{i}", key));
            await Task.Yield();
        }
    }

    private static string? Text(ReceivedEvent received) => received.Envelope.GetDataString("text");
}
