using Telemetry.Collector.Completeness;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Tests.Completeness;

/// <summary>What every <see cref="ICompletenessStore"/> must do; one subclass an engine.</summary>
public abstract class CompletenessStoreContract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProducerClassKey Usage = new("p1", DeliveryClass.Usage);

    /// <summary>The test's store; each call opens it anew, and the same rows are in it.</summary>
    protected abstract ICompletenessStore Open(params string[] topics);

    [Fact]
    public async Task What_arrives_is_united_and_outlives_the_process()
    {
        using (var first = (IDisposable)Open("orders"))
        {
            var store = (ICompletenessStore)first;
            await store.AddAsync(Batch(Usage, 1, 2, 3, 7), [], CancellationToken.None);
            await store.AddAsync(Batch(Usage, 3, 4, 5), [], CancellationToken.None);
            await store.AddAsync(Batch(Usage, 3, 4, 5), [], CancellationToken.None);
            await store.AddAsync(Batch(new ProducerClassKey("p1", DeliveryClass.Audit), 1), [], CancellationToken.None);
        }

        using var last = (IDisposable)Open("orders");
        var again = (ICompletenessStore)last;
        // After a restart records are read again, and others come.
        await again.AddAsync(Batch(Usage, 7, 5), [], CancellationToken.None);
        var found = await again.FindAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal(2, found.Count);
        Assert.Equal([new SequenceRange(1, 5), new SequenceRange(7, 7)], found[Usage].Sequences.Ranges);
        Assert.Equal((Start.AddSeconds(1), Start.AddSeconds(7)), (found[Usage].FirstEventAt, found[Usage].LastEventAt));
    }

    [Fact]
    public async Task The_newest_report_stands_whatever_comes_after_it()
    {
        using var opened = (IDisposable)Open();
        var store = (ICompletenessStore)opened;
        await store.AddAsync(Batch(Usage, 1), [Report(5, 4), Report(9, 8)], CancellationToken.None);
        await store.AddAsync(Batch(Usage, 1), [Report(5, 4)], CancellationToken.None);

        var report = Assert.Single(await store.FindReportsAsync(CancellationToken.None));

        Assert.Equal((9, 8), (report.Sequence, report.Report.Classes.Single().LastSequence));
        Assert.Equal(("/orders", Start, Start.AddSeconds(9)), (report.Source, report.ReportedAt, report.ReceivedAt));
        Assert.Equal(new ProducerSequenceRange(2, 3), report.Report.Classes.Single().Dropped.Single().Ranges.Single());
    }

    [Fact]
    public async Task Producers_are_found_by_the_times_of_their_events_and_forgotten_as_a_whole()
    {
        using var opened = (IDisposable)Open();
        var store = (ICompletenessStore)opened;
        await store.AddAsync(Batch(Usage, 10, 20), [Report(20, 19)], CancellationToken.None);
        await store.AddAsync(Batch(new ProducerClassKey("p2", DeliveryClass.Usage), 30), [], CancellationToken.None);

        Assert.Equal(["p1"], await FindAsync(store, 0, 30));
        Assert.Equal(["p1", "p2"], await FindAsync(store, 20, 31));
        Assert.Equal(["p2"], await FindAsync(store, 21, 31));
        Assert.Empty(await FindAsync(store, 0, 10));
        await store.ForgetAsync(Start.AddSeconds(25), CancellationToken.None);
        Assert.Equal(["p2"], await FindAsync(store, 0, 100));
        Assert.Empty(await store.FindReportsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Whatever_a_producer_calls_itself_and_whenever_it_says_it_was_is_kept()
    {
        using var opened = (IDisposable)Open();
        var store = (ICompletenessStore)opened;
        var odd = new ProducerClassKey("'; DROP TABLE runs; -- \" \\ \n \u00e9", DeliveryClass.Audit);
        var events = new ArrivedEvents();
        events.Add(1, DateTimeOffset.MinValue);
        events.Add(2, DateTimeOffset.MaxValue);
        await store.AddAsync(new Dictionary<ProducerClassKey, ArrivedEvents> { [odd] = events }, [], CancellationToken.None);

        var found = await store.FindAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal(odd, Assert.Single(found).Key);
        Assert.Equal([new SequenceRange(1, 2)], found[odd].Sequences.Ranges);
    }

    private static async Task<IEnumerable<string>> FindAsync(ICompletenessStore store, int since, int before) =>
        (await store.FindAsync(Start.AddSeconds(since), Start.AddSeconds(before), CancellationToken.None)).Keys.Select(key => key.Producer).Order();

    // Event n happened in second n.
    private static Dictionary<ProducerClassKey, ArrivedEvents> Batch(ProducerClassKey key, params int[] sequences)
    {
        var events = new ArrivedEvents();
        foreach (var sequence in sequences)
            events.Add(sequence, Start.AddSeconds(sequence));
        return new() { [key] = events };
    }

    private static ReceivedReport Report(long sequence, long last) => new()
    {
        Source = "/orders",
        Sequence = sequence,
        ReportedAt = Start,
        ReceivedAt = Start.AddSeconds(sequence),
        Report = new TelemetryProducerReport(
            "p1",
            Final: false,
            60,
            [new ProducerClassReport(DeliveryClass.Usage, 1, last, last, last, 0, 0, 0, 0, ["orders"], [new ProducerDropCount("evicted", 2, [new ProducerSequenceRange(2, 3)])])]),
    };
}
