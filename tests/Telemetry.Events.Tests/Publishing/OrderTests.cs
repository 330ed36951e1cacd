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

    [Fact]
    public async Task Many_flows_that_change_threads_at_each_event_keep_their_order_in_the_smallest_batches()
    {
        const int Events = 20_000;
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport, options => options.BatchDelay = TimeSpan.Zero);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(flow => PublishFlowAsync(publisher, $"flow-{flow}", Events)));
        await publisher.FlushAsync(Patience);

        var expected = Enumerable.Range(0, Events).Select(i => $"{i}").ToList();
        Assert.All(transport.Delivered.GroupBy(received => received.Key), flow => Assert.Equal(expected, flow.Select(Text)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_keep_their_order_though_the_clock_is_set_back_between_them(bool throughThreads)
    {
        var transport = new InMemoryTransport();
        var clock = new SteppedTimeProvider();
        await using var publisher = Create(transport, options => options.BatchDelay = TimeSpan.FromMilliseconds(200), clock);

        for (var i = 0; i < 3000; i++)
        {
            if (i % 500 == 250)
                clock.Step(TimeSpan.FromSeconds(-1));
            Assert.True(publisher.Publish(new UsageSample($"{i}", "key")).IsAccepted);
            if (throughThreads)
                await Task.Yield();
        }

        await publisher.FlushAsync(Patience);

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"{i}"), transport.Delivered.Select(Text));
    }

    private static async Task PublishFlowAsync(IEventPublisher publisher, string key, int events = 3000)
    {
        for (var i = 0; i < events; i++)
        {
            await publisher.PublishAsync(new UsageSample($"{i}", key));
            await Task.Yield();
        }
    }

    private static string? Text(ReceivedEvent received) => received.Envelope.GetDataString("text");
}
