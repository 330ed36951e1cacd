using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;
using Telemetry.Events.Tests.Publishing;
using Telemetry.Events.Transport;
using static Telemetry.Events.Tests.Publishing.PublisherFixture;

namespace Telemetry.Events.Tests.Reporting;

public class ProducerReporterTests
{
    [Fact]
    public async Task The_last_event_says_what_became_of_all_before_it()
    {
        var transport = new InMemoryTransport((outgoing, _) =>
            outgoing.Key.Span.SequenceEqual("bad"u8) ? DeliveryOutcome.Final("too_odd") : DeliveryOutcome.Delivered());
        var publisher = Create(transport, WithReports);
        for (var i = 1; i <= 20; i++)
            publisher.Publish(new UsageSample($"{i}", PartitionKey: i is 7 or 8 or 15 ? "bad" : "good"));
        publisher.Publish(new TelemetrySample(1));

        await publisher.StopAsync().WaitAsync(Patience);

        var last = transport.Delivered[^1];
        var report = ReportJsonContext.Read(last);
        Assert.Equal(("telemetry_producer", last.Envelope.GetAttribute("producer"), true), (last.Topic, report.Producer, report.Final));
        var usage = report.Classes.Single(entry => entry.Delivery == DeliveryClass.Usage);
        Assert.Equal((1, 20, 20, 17, 0), (usage.FirstSequence, usage.LastSequence, usage.Accepted, usage.Delivered, usage.Spooled));
        Assert.Equal(["telemetry_producer", "usage_topic"], usage.Topics);
        var drop = Assert.Single(usage.Dropped);
        Assert.Equal(("too_odd", 3L), (drop.Reason, drop.Count));
        Assert.Equal([new ProducerSequenceRange(7, 8), new ProducerSequenceRange(15, 15)], drop.Ranges);
        Assert.Equal("00000000000000000021", last.Envelope.GetAttribute("sequence"));
        var telemetry = report.Classes.Single(entry => entry.Delivery == DeliveryClass.Telemetry);
        Assert.Equal((1, 1, 1, 1), (telemetry.FirstSequence, telemetry.LastSequence, telemetry.Accepted, telemetry.Delivered));
        var audit = report.Classes.Single(entry => entry.Delivery == DeliveryClass.Audit);
        Assert.Equal((0, 0, 0), (audit.FirstSequence, audit.LastSequence, audit.Accepted));
        Assert.Equal((21, 18), (publisher.Usage().Accepted, publisher.Usage().Delivered));
    }

    [Fact]
    public async Task A_report_goes_out_at_each_interval_and_counts_the_ones_before()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var transport = new InMemoryTransport();
        await using var publisher = Create(transport, WithReports, time);
        Assert.True((await publisher.ConfirmAsync(new UsageSample("1")).AsTask().WaitAsync(Patience)).IsDelivered);

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(transport.Delivered);
        time.Advance(TimeSpan.FromSeconds(1));
        var first = ReportJsonContext.Read((await transport.WaitForAsync(2, Patience))[1]);
        time.Advance(TimeSpan.FromMinutes(1));
        var second = ReportJsonContext.Read((await transport.WaitForAsync(3, Patience))[2]);

        Assert.Equal((false, 60L), (first.Final, first.IntervalSeconds));
        Assert.Equal([1L, 2L], new[] { first, second }.Select(report => report.Classes.Single(entry => entry.Delivery == DeliveryClass.Usage).LastSequence));
    }

    [Fact]
    public async Task Evicted_events_are_named_by_their_sequences()
    {
        var transport = new InMemoryTransport();
        transport.Pause();
        var entered = new EnteredTransport(transport);
        var publisher = Create(entered, options =>
        {
            WithReports(options);
            options.Telemetry.MaxBufferedEvents = 64;
        });
        Assert.True(publisher.Publish(new TelemetrySample(0)).IsAccepted);
        // What is being sent is not evicted: it is to be this one event, and not all that the lane takes.
        await entered.Entered.WaitAsync(Patience);
        for (var i = 1; i < 2000; i++)
            Assert.True(publisher.Publish(new TelemetrySample(i)).IsAccepted);
        transport.Resume();

        await publisher.StopAsync().WaitAsync(Patience);

        var report = ReportJsonContext.Read(transport.Delivered.Single(received => received.Topic == "telemetry_producer"));
        var telemetry = report.Classes.Single(entry => entry.Delivery == DeliveryClass.Telemetry);
        var drop = Assert.Single(telemetry.Dropped);
        Assert.Equal("evicted", drop.Reason);
        Assert.Equal(2000 - telemetry.Delivered, drop.Count);
        Assert.True(drop.Count == drop.Ranges.Sum(range => range.Last - range.First + 1), string.Join(" ", drop.Ranges));
        var arrived = transport.Delivered.Where(received => received.Topic == "telemetry_topic")
            .Select(received => long.Parse(received.Envelope.GetAttribute("sequence")!, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(telemetry.Delivered, arrived.Count);
        Assert.DoesNotContain(arrived, sequence => drop.Ranges.Any(range => sequence >= range.First && sequence <= range.Last));
    }

    [Fact]
    public async Task A_publisher_that_accepted_nothing_and_one_that_is_told_not_to_say_nothing()
    {
        var (idle, silent) = (new InMemoryTransport(), new InMemoryTransport());
        await Create(idle, WithReports).StopAsync().WaitAsync(Patience);
        var publisher = Create(silent);
        publisher.Publish(new UsageSample("1"));
        await publisher.StopAsync().WaitAsync(Patience);

        Assert.Empty(idle.Delivered);
        Assert.Equal("usage_topic", Assert.Single(silent.Delivered).Topic);
    }

    [Fact]
    public async Task Where_the_topic_does_not_exist_one_report_is_given_up_and_nothing_waits_behind_it()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var transport = new InMemoryTransport((outgoing, _) =>
            outgoing.Topic == "telemetry_producer" ? DeliveryOutcome.Retriable("unknown_topic_or_part") : DeliveryOutcome.Delivered());
        var publisher = Create(transport, WithReports, time);
        await publisher.ConfirmAsync(new UsageSample("1")).AsTask().WaitAsync(Patience);

        time.Advance(TimeSpan.FromMinutes(1));
        await publisher.FlushAsync(Timeout.InfiniteTimeSpan).AsTask().WaitAsync(Patience);
        time.Advance(TimeSpan.FromMinutes(1));
        var receipt = await publisher.ConfirmAsync(new UsageSample("2")).AsTask().WaitAsync(Patience);
        await publisher.StopAsync().WaitAsync(Patience);

        Assert.True(receipt.IsDelivered);
        Assert.Equal((3, 2, 1), (publisher.Usage().Accepted, publisher.Usage().Delivered, publisher.Usage().Dropped["unknown_topic_or_part"]));
    }

    [Fact]
    public async Task Calls_during_the_wait_for_the_last_report_are_refused()
    {
        var transport = new InMemoryTransport();
        transport.Pause();
        var publisher = Create(transport, WithReports);
        publisher.Publish(new UsageSample("1"));

        var stopping = publisher.StopAsync();
        var late = publisher.Publish(new UsageSample("2"));
        transport.Resume();
        await stopping.WaitAsync(Patience);

        Assert.Equal(RefusalReason.Stopped, late.Refusal);
        Assert.Equal(["usage_topic", "telemetry_producer"], transport.Delivered.Select(received => received.Topic));
    }

    private sealed class EnteredTransport(InMemoryTransport transport) : IEventTransport
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => transport.Name;

        public Task Entered => _entered.Task;

        public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        {
            _entered.TrySetResult();
            return transport.SendAsync(batch, outcomes, cancellationToken);
        }

        public ValueTask DisposeAsync() => transport.DisposeAsync();
    }

    private static void WithReports(TelemetryEventsOptions options)
    {
        options.Report.Enabled = true;
        options.BatchDelay = TimeSpan.Zero;
    }
}
