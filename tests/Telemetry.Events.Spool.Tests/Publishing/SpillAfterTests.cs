using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Spool.Tests.Publishing;

[Trait("Category", "Integration")]
public sealed class SpillAfterTests : IDisposable
{
    private readonly SpoolFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_batch_that_fails_for_less_than_the_time_stays_in_memory_and_then_goes_to_disk()
    {
        var spillAfter = TimeSpan.FromMinutes(10);
        var step = TimeSpan.FromSeconds(30);
        var time = new PauseClock(DateTimeOffset.UtcNow);
        var transport = new InMemoryTransport((_, _) => DeliveryOutcome.Retriable("down"));
        await using var publisher = new SpooledPublisher(
            transport,
            _fixture.Directory,
            options =>
            {
                options.SpillAfter = spillAfter;
                options.BatchDelay = TimeSpan.Zero;
                options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromSeconds(10);
                options.ShutdownTimeout = TimeSpan.Zero;
            },
            register: services => services.AddSingleton<TimeProvider>(time));
        var id = publisher.Events.Publish(new UsageSample(1)).EventId;
        var started = time.GetUtcNow();
        await publisher.WaitForAsync(_ => transport.AttemptsOf(id) > 0 && time.Pauses > 0);

        var deadline = DateTime.UtcNow + SpooledPublisher.Patience;
        var inMemory = TimeSpan.Zero;
        while (publisher.Usage.Spooled == 0)
        {
            // What is read before the clock moves was so at that time.
            inMemory = time.GetUtcNow() - started;
            Assert.True(DateTime.UtcNow < deadline, $"After {inMemory} of the clock nothing is spooled: {publisher.Usage}");
            // The step ends the pause that is on, if one is: the next begins then. Otherwise one is about to.
            var pauses = time.Pauses;
            time.Advance(step);
            await publisher.WaitForAsync(ledger => time.Pauses > pauses || ledger[DeliveryClass.Usage].Spooled > 0);
        }

        Assert.True(inMemory + step >= spillAfter, $"It was spooled after {inMemory}.");
        Assert.True(transport.AttemptsOf(id) >= 10);
    }

    [Fact]
    public async Task A_real_broker_that_is_away_for_longer_gets_all_of_it_later_in_the_order_of_the_keys()
    {
        const int Count = 2000;
        using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("usage_topic", 4)] });
        await using var events = TelemetryEvents.Create(
            builder => builder.AddKafka(options =>
            {
                options.ConnectionString = kafka.BootstrapServers;
                // What is on its way when the brokers go is waited for as long as this, before it is spooled.
                options.DeliveryTimeout = TimeSpan.FromSeconds(5);
            }).AddSpool(_fixture.Directory),
            options =>
            {
                options.ServiceName = "tests";
                options.SpillAfter = TimeSpan.FromMilliseconds(200);
                options.RetryDelay = TimeSpan.FromMilliseconds(20);
                options.RetryMaxDelay = TimeSpan.FromMilliseconds(100);
                options.Report.Enabled = false;
            });
        Assert.True((await events.Publisher.ConfirmAsync(new UsageSample(0))).IsDelivered);
        kafka.TakeAllBrokersDown();
        for (var i = 1; i < Count; i++)
            Assert.True((await events.Publisher.PublishAsync(new UsageSample(i))).IsAccepted);
        var deadline = DateTime.UtcNow + SpooledPublisher.Patience;
        while (events.Publisher.GetLedger().Spooled < Count - 1)
        {
            Assert.True(DateTime.UtcNow < deadline, events.Publisher.GetLedger().ToString());
            await Task.Delay(20);
        }

        kafka.BringAllBrokersUp();
        var ledger = (await events.Publisher.FlushAsync(SpooledPublisher.Patience))[DeliveryClass.Usage];

        Assert.Equal((Count, 0, 0), (ledger.Delivered, ledger.Spooled, ledger.InFlight));
        KafkaRecords.Read(kafka.BootstrapServers, "usage_topic", Count).RequireAllInOrder(Enumerable.Range(0, Count));
    }
}
