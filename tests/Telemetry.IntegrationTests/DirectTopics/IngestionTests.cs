using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Xunit.Abstractions;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>
/// What the SDK publishes is in ClickHouse's tables, all of it and once, and still after ClickHouse was killed. 50,000 events;
/// DIRECT_TOPICS_EVENTS=1000000 is the long run of benchmarks/results/clickhouse.md.
/// </summary>
[Trait("Category", "Integration")]
public sealed class IngestionTests(ITestOutputHelper output)
{
    private const int Publishers = 8;

    // The embedded broker forgets what a partition holds beyond some 5 MB; a real one would not, and nobody would wait for it.
    private const int MostAhead = 60_000;

    private static readonly int Events = int.Parse(
        Environment.GetEnvironmentVariable("DIRECT_TOPICS_EVENTS") ?? "50000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_event_is_a_row_once(bool killInTheMiddle)
    {
        await using var fixture = await DirectTopicsFixture.StartAsync();
        if (killInTheMiddle && !fixture.Server.CanBeKilled)
            return;
        await fixture.ApplyAsync(fixture.Settings());
        var stored = string.Join(" UNION ALL ", DirectTopicsFixture.Topics.Select(topic => $"SELECT kafka_topic, kafka_partition, kafka_offset, id FROM {fixture.Database.Table(topic)}"));
        var spool = Directory.CreateTempSubdirectory("direct-").FullName;
        var watch = Stopwatch.StartNew();
        long published = 0, landed = 0;
        try
        {
            await using var events = TelemetryEvents.Create(builder => builder
                .AddKafka(options => options.ConnectionString = fixture.Kafka.BootstrapServers).AddSpool(spool));
            var publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(async () =>
            {
                for (var i = publisher; i < Events; i += Publishers)
                {
                    while (Interlocked.Read(ref published) - Interlocked.Read(ref landed) > MostAhead)
                        await Task.Delay(20);
                    await SampleEvents.PublishAsync(events.Publisher, i);
                    Interlocked.Increment(ref published);
                }
            })));
            var killAt = killInTheMiddle ? Events / 2 : long.MaxValue;
            var deadline = TimeSpan.FromSeconds(120 + (Events / 2000));
            while (Interlocked.Read(ref landed) < Events)
            {
                Assert.True(watch.Elapsed < deadline, $"{landed} of {Events} events are rows after {watch.Elapsed}; {published} were published.");
                await Task.Delay(200);
                if (landed >= killAt)
                {
                    killAt = long.MaxValue;
                    await fixture.Server.KillAsync();
                    await fixture.Server.RestartAsync();
                }

                Interlocked.Exchange(ref landed, await fixture.NumberAsync($"SELECT uniqExact(id) FROM ({stored})"));
            }

            watch.Stop();
            await publishing;
            var ledger = await events.Publisher.FlushAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, ledger.InFlight);
        }
        finally
        {
            Directory.Delete(spool, recursive: true);
        }

        output.WriteLine($"{Events} events, killed: {killInTheMiddle}: {Events / watch.Elapsed.TotalSeconds:F0} a second from the first call to the last row.");
        Assert.Equal(Events, await fixture.NumberAsync($"SELECT uniqExact(id) FROM ({stored})"));
        // A record's offset is a row once it is merged, and an event's id is shown once, whatever came more than once.
        var offsets = await fixture.NumberAsync($"SELECT uniqExact(kafka_topic, kafka_partition, kafka_offset) FROM ({stored})");
        var final = string.Join(" + ", DirectTopicsFixture.Topics.Select(topic => $"(SELECT count() FROM {fixture.Database.Table(topic)} FINAL)"));
        Assert.Equal(offsets, await fixture.NumberAsync($"SELECT {final}"));
        var shown = string.Join(" + ", DirectTopicsFixture.Topics.Select(topic => $"(SELECT count() FROM {fixture.Database.Table(topic + "_events")})"));
        Assert.Equal(Events, await fixture.NumberAsync($"SELECT {shown}"));
        Assert.Equal(0, await fixture.NumberAsync($"SELECT count() FROM {fixture.Database.Table("dead_letter")}"));
        Assert.Equal(SampleEvents.Credits(Events), await fixture.NumberAsync(
            $"SELECT toInt64(sum(credits) * 10) FROM {fixture.Database.Table("wkf_cpu_events")}"));
    }
}
