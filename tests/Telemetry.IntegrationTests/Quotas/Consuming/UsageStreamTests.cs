using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Quotas.Consuming;
using Telemetry.Collector.Quotas.Usage;
using Telemetry.Events.Testing;
using Telemetry.IntegrationTests.DirectTopics;

namespace Telemetry.IntegrationTests.Quotas.Consuming;

/// <summary>The stream and the positions over real brokers.</summary>
[Trait("Category", "Integration")]
public sealed class UsageStreamTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EmbeddedKafkaCluster _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new("usage", 1)] });
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly RecordingLedger _ledger = new();
    private readonly QuotaProgress _progress;
    private readonly CancellationTokenSource _ending = new();

    public UsageStreamTests() => _progress = new QuotaProgress(_time);

    public void Dispose()
    {
        _ending.Dispose();
        _kafka.Dispose();
    }

    [Fact]
    public async Task It_begins_where_the_tables_end_and_says_when_it_has_reached_the_end()
    {
        Produce("usage", 10);
        Commit("usage", 4);
        var (positions, stream) = await StartAsync("usage");

        await UntilAsync(() => _ledger.CaughtUps == 1);
        Assert.Equal(Enumerable.Range(4, 6).Select(offset => ("usage", 0, (long)offset)), _ledger.Applied);
        Assert.Null(_progress.FindProblem(Patience));

        Commit("usage", 7);
        await UntilAsync(() => _ledger.Stored.Of("usage", 0) == 7);
        // A group that was set back does not take back what is stored.
        Commit("usage", 2);
        Produce("usage", 1);
        await UntilAsync(() => _ledger.Applied.Count == 7);
        Assert.Equal(7, _ledger.Stored.Of("usage", 0));
        await StopAsync(positions, stream);
    }

    [Fact]
    public async Task What_the_retention_has_removed_is_told_until_the_tables_hold_it()
    {
        // The embedded broker keeps 5 MB.
        Produce("usage", 120, size: 100_000);
        Commit("usage", 3);
        var (positions, stream) = await StartAsync("usage");

        await UntilAsync(() => !_ledger.Applied.IsEmpty && _ledger.Applied.Last().Offset == 119);
        var first = _ledger.Applied.First().Offset;
        Assert.InRange(first, 4, 118);
        Assert.Equal(
            $"Kafka has removed usage[0] from 3 to {first - 1} before it was read here; balances can lack it until the tables hold all below {first}.",
            _progress.FindProblem(Patience));
        Assert.Equal((0, 0), (_ledger.CaughtUps, _ledger.Invalidations));

        Commit("usage", first);
        await UntilAsync(() => _ledger.CaughtUps == 1);
        Assert.Equal(1, _ledger.Invalidations);
        Assert.Null(_progress.FindProblem(Patience));
        await StopAsync(positions, stream);
    }

    [Fact]
    public async Task A_topic_that_comes_later_is_read_from_its_first_record_and_brokers_may_go_away()
    {
        Produce("usage", 3);
        var (positions, stream) = await StartAsync("usage", "later");
        await UntilAsync(() => _ledger.CaughtUps == 1);

        _kafka.CreateTopic("later", 2);
        Produce("later", 5);
        await UntilAsync(() => _ledger.Applied.Count(record => record.Topic == "later") == 5);

        _kafka.TakeAllBrokersDown();
        await UntilAsync(() => _progress.FindProblem(Patience)?.StartsWith("What the tables hold is not known", StringComparison.Ordinal) == true);
        _kafka.BringAllBrokersUp();
        Produce("usage", 1);
        await UntilAsync(() => _ledger.Applied.Count == 9 && _progress.FindProblem(Patience) is null);
        Assert.Equal(9, _ledger.Applied.Distinct().Count());
        await StopAsync(positions, stream);
    }

    [Fact]
    public void Positions_never_go_back()
    {
        var one = new UsagePositions(new Dictionary<string, IReadOnlyList<long>> { ["a"] = [5, 1], ["b"] = [7] });
        var other = new UsagePositions(new Dictionary<string, IReadOnlyList<long>> { ["a"] = [3, 4, 9], ["c"] = [1] });

        var later = PositionWatch.Later(one, other);

        Assert.Equal([5, 4, 9], later.Next["a"]);
        Assert.Equal([7], later.Next["b"]);
        Assert.Equal([1], later.Next["c"]);
    }

    private async Task<(Task Positions, Task Stream)> StartAsync(params string[] topics)
    {
        var reader = new PositionReader(_kafka.BootstrapServers, "group", topics);
        var positions = new PositionWatch(reader, _ledger, _progress, _time);
        var start = await positions.BeginAsync(TimeSpan.FromSeconds(1), default).WaitAsync(Patience);
        _ledger.Begin(start);
        var consumer = AssignedConsumer.Create(_kafka.BootstrapServers, "stream", "stream");
        var stream = new UsageStream(consumer, topics, _ledger, _ledger, positions, _progress, _time, NullLogger.Instance);
        return (
            Task.Run(async () =>
            {
                using (reader)
                    await positions.RunAsync(TimeSpan.FromSeconds(1), _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }),
            Task.Run(() =>
            {
                using (consumer)
                    stream.Run(start, _ending.Token);
            }));
    }

    private async Task StopAsync(Task positions, Task stream)
    {
        await _ending.CancelAsync();
        await Task.WhenAll(positions, stream).WaitAsync(Patience);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, $"{_ledger.Applied.Count} applied, caught up {_ledger.CaughtUps}: {_progress.FindProblem(Patience)}");
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50);
        }
    }

    private void Produce(string topic, int count, int size = 10)
    {
        using var producer = new RawProducer(_kafka.BootstrapServers);
        for (var i = 0; i < count; i++)
        {
            producer.Produce(topic, new byte[size]);
            if (size > 1000)
                producer.Flush();
        }

        producer.Flush();
    }

    // As the group that fills the table does.
    private void Commit(string topic, long offset)
    {
        using var consumer = AssignedConsumer.Create(_kafka.BootstrapServers, $"group-{topic}", "tables");
        consumer.Commit([new TopicPartitionOffset(topic, 0, offset)]);
    }
}
