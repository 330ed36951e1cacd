using System.Diagnostics;
using Telemetry.Chaos.Accounts;
using Telemetry.Chaos.Broker;
using Telemetry.Chaos.Disk;
using Telemetry.Chaos.Events;
using Telemetry.Chaos.Producers;
using Telemetry.Events;

namespace Telemetry.Chaos.Tests;

/// <summary>A real host under SIGTERM, while no broker is there.</summary>
[Trait("Category", "Integration")]
public sealed class ShutdownTests : IAsyncLifetime
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SpoolDisk _disk = SpoolDisk.OfDirectory(null);
    private readonly ChaosAccount _account = new();
    private BrokerProcess _broker = null!;

    public async Task InitializeAsync() => _broker = await BrokerProcess.StartAsync();

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _disk.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Within_its_budget_it_spills_what_is_left_and_logs_the_receipt_and_the_next_one_sends_it(bool isKilledInItsShutdown)
    {
        using var reader = new EventReader(_broker.Addresses, _account);
        await _broker.TellAsync("down");
        var settings = Settings(1) with { Classes = ChaosTopics.Classes, FlowRate = 100, ShutdownTimeout = Budget };
        using (var producer = new ProducerProcess(settings, _account))
        {
            await producer.Ready;
            await ToldAsync(DeliveryClass.Usage, 200);
            await ToldAsync(DeliveryClass.Audit, 200);
            var started = Stopwatch.GetTimestamp();
            if (isKilledInItsShutdown)
            {
                var stopping = producer.StopAsync();
                await Task.Delay(Budget / 4);
                await producer.KillAsync();
                await Assert.ThrowsAsync<InvalidOperationException>(() => stopping);
            }
            else
            {
                var log = await producer.StopAsync();
                // What the budget does not pay for: the spilling itself, and the end of the process.
                Assert.InRange(Stopwatch.GetElapsedTime(started), Budget, Budget + TimeSpan.FromSeconds(8));
                RequireReceipt(log);
            }
        }

        await _broker.TellAsync("up");
        await DrainAsync();
        await reader.WhenCaughtUpAsync();
        await reader.StopAsync();
        Assert.Empty(Verdict.Judge(_account));
    }

    private static void RequireReceipt(string log)
    {
        var receipt = Assert.Single(log.Split('\n'), line => line.Contains("Publisher stopped", StringComparison.Ordinal));
        Assert.Matches(@"Usage: accepted \d+ = delivered 0 \+ dropped 0 \+ spooled [1-9]\d* \+ in flight 0", receipt);
        Assert.Matches(@"Audit: accepted \d+ = delivered 0 \+ dropped 0 \+ spooled [1-9]\d* \+ in flight 0", receipt);
        Assert.Matches(@"Telemetry: accepted \d+ = delivered 0 \+ dropped [1-9]\d* .*in flight 0", receipt);
    }

    private ProducerSettings Settings(int process) =>
        new() { Brokers = _broker.Addresses, SpoolDirectory = _disk.SpoolDirectory, Process = process };

    private async Task ToldAsync(DeliveryClass delivery, int events)
    {
        var deadline = Stopwatch.GetTimestamp();
        while (_account.Told(delivery) < events)
        {
            Assert.True(Stopwatch.GetElapsedTime(deadline) < Patience, $"{_account.Told(delivery)} {delivery} events were accepted.");
            await Task.Delay(10);
        }
    }

    private async Task DrainAsync()
    {
        using var next = new ProducerProcess(Settings(2), _account);
        await next.Ready;
        var started = Stopwatch.GetTimestamp();
        while (_disk.Segments().Count > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "What was left was not sent.");
            await Task.Delay(20);
        }

        await next.StopAsync();
    }
}
