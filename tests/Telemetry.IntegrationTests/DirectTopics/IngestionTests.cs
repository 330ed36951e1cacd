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
    // Audit events are on disk before the call returns: those that wait together are written together.
    private const int Publishers = 64;

    private static readonly TimeSpan StandstillDeadline = TimeSpan.FromMinutes(2);

    private static readonly int Events = int.Parse(
        Environment.GetEnvironmentVariable("DIRECT_TOPICS_EVENTS") ?? "50000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_event_is_a_row_once(bool killInTheMiddle)
    {
        await using var fixture = await DirectTopicsFixture.StartAsync(partitions: 4);
        if (killInTheMiddle && !fixture.Server.CanBeKilled)
            return;
        var settings = fixture.Settings();
        settings.FlushInterval = TimeSpan.FromSeconds(1);
        await fixture.ApplyAsync(settings);
        using var gate = new LagGate(settings);
        var spool = Directory.CreateTempSubdirectory("direct-").FullName;
        var watch = Stopwatch.StartNew();
        try
        {
            await using var events = TelemetryEvents.Create(builder => builder
                .AddKafka(options => options.ConnectionString = fixture.Kafka.BootstrapServers).AddSpool(spool));
            // A quarter of the events comes after the kill, however fast the others were taken.
            var killed = new TaskCompletionSource();
            var publishing = PublishAsync(events.Publisher, gate, killInTheMiddle ? killed.Task : Task.CompletedTask);
            if (killInTheMiddle)
            {
                await TakenAsync(gate, Events / 2, publishing);
                var before = watch.Elapsed;
                await fixture.Server.KillAsync();
                killed.SetResult();
                await fixture.Server.RestartAsync();
                var half = gate.Taken;
                await TakenAsync(gate, half + 1, publishing);
                output.WriteLine($"Killed with {half} events taken; the next were taken {watch.Elapsed - before} later.");
            }

            await TakenAsync(gate, Events, publishing);
            Assert.Equal(0, (await publishing).InFlight);
            await TakenAsync(gate, 0, publishing);
            watch.Stop();
        }
        finally
        {
            Directory.Delete(spool, recursive: true);
        }

        var stored = string.Join(" UNION ALL ", DirectTopicsFixture.Topics.Select(topic => $"SELECT kafka_topic, kafka_partition, kafka_offset, id FROM {fixture.Database.Table(topic)}"));
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
    private static async Task<LedgerSnapshot> PublishAsync(IEventPublisher publisher, LagGate gate, Task killed)
    {
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(first => Task.Run(async () =>
        {
            for (var i = first; i < Events; i += Publishers)
            {
                await gate.WaitAsync();
                if (i >= Events / 4 * 3)
                    await killed;
                await SampleEvents.PublishAsync(publisher, i);
            }
        })));
        return await publisher.FlushAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Looks until so many records are taken, and then none waits where publishing is over.</summary>
    private static async Task TakenAsync(LagGate gate, long expected, Task publishing)
    {
        var standstill = Stopwatch.StartNew();
        do
        {
            var before = gate.Taken;
            await Task.Delay(100);
            gate.Look();
            if (gate.Taken != before)
                standstill.Restart();
            Assert.True(standstill.Elapsed < StandstillDeadline, $"{gate.Taken} of {Events} events are rows, {gate.Lag} wait, and none was taken for {standstill.Elapsed}.");
            if (publishing.IsFaulted)
                await publishing;
        }
        while (gate.Taken < expected || (publishing.IsCompleted && gate.Lag > 0));
    }
}
