using System.Diagnostics;
using static Telemetry.Events.Tests.Publishing.PublisherFixture;

namespace Telemetry.Events.Tests.Publishing;

/// <summary>Sixteen threads against a transport that fails at random: every event is accounted for, once.</summary>
public class LedgerTests
{
    private const int Threads = 16;

    [Fact]
    public Task The_ledger_closes_after_a_moment() => RunAsync(TimeSpan.FromSeconds(1));

    [Fact]
    [Trait("Category", "Integration")]
    public Task The_ledger_closes_after_a_minute() => RunAsync(TimeSpan.FromMinutes(1));

    private static async Task RunAsync(TimeSpan duration)
    {
        var transport = new RandomTransport(seed: 20260131);
        var publisher = Create(transport, options => options.MaxBufferedEvents = 2000);
        var clock = Stopwatch.StartNew();

        var calls = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => PublishAsync(publisher, thread, () => clock.Elapsed < duration), TaskCreationOptions.LongRunning).Unwrap()));
        await publisher.FlushAsync(Patience);
        var flushed = publisher.GetLedger();
        await publisher.StopAsync();

        var usage = publisher.Usage();
        var telemetry = publisher.GetLedger()[DeliveryClass.Telemetry];
        Assert.Equal(0, flushed.InFlight);
        Check(transport["usage_topic"], usage, calls.Sum(call => call.Usage), calls.Sum(call => call.UsageAccepted));
        Check(transport["telemetry_topic"], telemetry, calls.Sum(call => call.Telemetry), calls.Sum(call => call.TelemetryAccepted));
        Assert.True(usage.Dropped["final"] > 0 && usage.Retried > 0 && usage.Refused[RefusalReason.BufferFull] > 0);
    }

    private static void Check(RandomTransport.Settled settled, DeliveryClassLedger ledger, long calls, long accepted)
    {
        Assert.Equal(accepted, ledger.Accepted);
        Assert.Equal(calls - accepted, ledger.Refused.Values.Sum());
        Assert.Equal(0, ledger.InFlight);
        Assert.Equal(settled.Delivered, ledger.Delivered);
        Assert.Equal(settled.GivenUp, ledger.Dropped.GetValueOrDefault("final"));
        Assert.Equal(0, settled.Repeated);
    }

    private static async Task<(long Usage, long UsageAccepted, long Telemetry, long TelemetryAccepted)> PublishAsync(
        IEventPublisher publisher, int thread, Func<bool> goOn)
    {
        var (usage, usageAccepted, telemetry, telemetryAccepted) = (0L, 0L, 0L, 0L);
        for (var i = 0; goOn(); i++)
        {
            var sample = new UsageSample($"{thread}-{i}", $"key-{i % 10}");
            usage++;
            usageAccepted += (thread % 4) switch
            {
                0 => (await publisher.PublishAsync(sample)).IsAccepted ? 1 : 0,
                // A receipt means that it was accepted, whatever became of it.
                1 => (await publisher.ConfirmAsync(sample)).EventId != Guid.Empty ? 1 : 0,
                _ => publisher.Publish(sample).IsAccepted ? 1 : 0,
            };
            if (i % 3 != 0)
                continue;
            telemetry++;
            telemetryAccepted += publisher.Publish(new TelemetrySample(i)).IsAccepted ? 1 : 0;
        }

        return (usage, usageAccepted, telemetry, telemetryAccepted);
    }
}
