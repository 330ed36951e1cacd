using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Events.Transport;
using static Telemetry.Events.Tests.Publishing.PublisherFixture;

namespace Telemetry.Events.Tests.Publishing;

/// <summary>Several batches of a lane are in flight, and nothing of what holds for one at a time is lost by it.</summary>
public class ParallelSendTests
{
    [Property(MaxTest = 40)]
    public void Events_of_a_key_are_stored_in_their_order_whatever_fails(int seed, PositiveInt batches, PositiveInt eventsPerBatch, bool allGoesWell)
    {
        var transport = new ParallelTransport(
            new SendParallelism(2 + (batches.Get % 5), 1 + (eventsPerBatch.Get % 60)), seed, unsettled: allGoesWell ? 0 : 0.002);
        PublishAndCheckAsync(transport, seed).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Batches_of_different_keys_are_in_flight_at_the_same_time()
    {
        var transport = new ParallelTransport(new SendParallelism(3, 50), seed: 1);
        transport.Gate = transport.AllBusy;
        await using var publisher = Create(transport, options => options.BatchDelay = TimeSpan.FromMilliseconds(200));

        for (var i = 0; i < 600; i++)
            Assert.True(publisher.Publish(new UsageSample($"{i}", $"key-{i % 100}")).IsAccepted);
        await publisher.FlushAsync(Patience);

        Assert.Equal(600, publisher.Usage().Delivered);
        Assert.Equal(3, transport.MostCalls);
        Assert.All(transport.Sizes, size => Assert.InRange(size, 1, 50));
    }

    [Fact]
    public async Task What_fits_into_one_batch_is_not_divided()
    {
        var transport = new ParallelTransport(new SendParallelism(4, 500), seed: 1);
        await using var publisher = Create(transport, options => options.BatchDelay = TimeSpan.FromMilliseconds(200));

        for (var i = 0; i < 100; i++)
            Assert.True(publisher.Publish(new UsageSample($"{i}", $"key-{i}")).IsAccepted);
        await publisher.FlushAsync(Patience);

        Assert.Equal(100, Assert.Single(transport.Sizes));
    }

    [Fact]
    public async Task Events_without_a_key_are_divided_by_whole_batches()
    {
        var transport = new ParallelTransport(new SendParallelism(2, 128), seed: 1);
        transport.Gate = transport.AllBusy;
        await using var publisher = Create(transport, options => options.BatchDelay = TimeSpan.FromSeconds(5));

        for (var i = 0; i < 512; i++)
            Assert.True(publisher.Publish(new TelemetrySample(i)).IsAccepted);
        await publisher.FlushAsync(Patience);

        // What is taken at once need not be whole batches; one by one between the groups would be hundreds of calls.
        Assert.All(transport.Sizes, size => Assert.InRange(size, 1, 128));
        Assert.Equal(512, transport.Sizes.Sum());
        Assert.InRange(transport.Sizes.Count, 4, 8);
        Assert.Equal(2, transport.MostCalls);
    }

    [Fact]
    public async Task Large_events_end_a_batch_and_keep_their_order()
    {
        var transport = new ParallelTransport(new SendParallelism(4, 100), seed: 3);
        await using var publisher = Create(transport, options => options.BatchDelay = TimeSpan.FromMilliseconds(100));

        for (var i = 0; i < 60; i++)
            Assert.True((await publisher.PublishAsync(new UsageSample(Text(i, 700_000), $"key-{i % 7}"))).IsAccepted);
        await publisher.FlushAsync(Patience);

        Assert.Equal(60, publisher.Usage().Delivered);
        CheckOrder(transport, 60, 7);
    }

    [Fact]
    public async Task What_shutdown_has_no_time_for_is_dropped_and_counted()
    {
        var never = new TaskCompletionSource();
        var transport = new ParallelTransport(new SendParallelism(3, 20), seed: 1) { Gate = never.Task };
        var publisher = Create(transport, options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50));

        for (var i = 0; i < 1000; i++)
            Assert.True(publisher.Publish(new UsageSample($"{i}", $"key-{i}")).IsAccepted);
        await publisher.StopAsync();

        var usage = publisher.Usage();
        Assert.Equal((1000, 0, 1000), (usage.Accepted, usage.InFlight, usage.Dropped["shutdown"]));
    }

    [Fact]
    public async Task Retries_are_counted_and_the_sender_goes_on_with_several_batches_afterwards()
    {
        var transport = new ParallelTransport(new SendParallelism(3, 20), seed: 5, unsettled: 0.01);
        transport.Gate = transport.AllBusy;
        await PublishAndCheckAsync(transport, seed: 5);

        Assert.Equal(3, transport.MostCalls);
    }

    private static async Task PublishAndCheckAsync(ParallelTransport transport, int seed)
    {
        const int Events = 3000;
        var random = new Random(seed);
        var keys = 1 + random.Next(40);
        await using var publisher = Create(transport);

        for (var i = 0; i < Events; i++)
        {
            Assert.True(publisher.Publish(new UsageSample(Text(i), $"key-{i % keys}")).IsAccepted);
            if (random.Next(500) == 0)
                await Task.Delay(1);
        }

        var confirmed = await publisher.ConfirmAsync(new UsageSample("last", "last"));
        var flushed = (await publisher.FlushAsync(Patience))[DeliveryClass.Usage];

        Assert.True(confirmed.IsDelivered);
        Assert.Equal((Events + 1, Events + 1, 0), (flushed.Accepted, flushed.Delivered, flushed.InFlight));
        Assert.Empty(publisher.Usage().Dropped);
        var duplicates = transport.Stored.Count - transport.Stored.DistinctBy(stored => stored.Id).Count();
        Assert.True(flushed.Retried >= duplicates);
        CheckOrder(transport, Events, keys);
    }

    private static void CheckOrder(ParallelTransport transport, int events, int keys)
    {
        // What was stored twice stands where it was stored first, as for a consumer that dedupes.
        var numbers = transport.Stored.Where(stored => stored.Key != "last").DistinctBy(stored => stored.Id).ToLookup(stored => stored.Key, NumberOf);
        for (var key = 0; key < Math.Min(keys, events); key++)
            Assert.Equal(Enumerable.Range(0, events).Where(i => i % keys == key), numbers[$"key-{key}"]);
    }

    private static string Text(int number, int length = 1) => $"{number}:{new string('x', length)}";

    private static int NumberOf((string Key, Guid Id, string Body) stored)
    {
        using var document = JsonDocument.Parse(stored.Body);
        return int.Parse(
            document.RootElement.GetProperty("data").GetProperty("text").GetString()!.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
