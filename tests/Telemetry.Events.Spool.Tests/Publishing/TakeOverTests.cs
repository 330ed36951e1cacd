using Telemetry.Events.Testing;

namespace Telemetry.Events.Spool.Tests.Publishing;

[Trait("Category", "Integration")]
public sealed class TakeOverTests : IDisposable
{
    private readonly SpoolFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task What_a_process_leaves_is_sent_by_one_that_has_been_running_all_the_time()
    {
        var (away, here) = (new InMemoryTransport(), new InMemoryTransport());
        away.Pause();
        await using var running = new SpooledPublisher(here, _fixture.Directory, options => options.TakeOverInterval = TimeSpan.FromSeconds(1));
        await running.Events.ConfirmAsync(new UsageSample(1000));
        var ending = new SpooledPublisher(away, _fixture.Directory, options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 20; i++)
            Assert.True(ending.Events.Publish(new AuditSample(i)).IsAccepted);
        for (var i = 0; i < 20; i++)
            Assert.True(ending.Events.Publish(new UsageSample(i)).IsAccepted);
        Assert.Equal(40, (await ending.StopAsync()).Spooled);

        await running.WaitForAsync(ledger => ledger.Classes.Sum(entry => entry.Redelivered) == 40);

        Assert.Equal((20, 20), (running.Audit.Recovered, running.Usage.Recovered));
        Assert.Equal(1, running.Usage.Delivered);
        Assert.Equal(
            Enumerable.Range(0, 20),
            here.Delivered.Where(received => received.Topic == "audit_topic").Select(ReceivedEvents.Number));
        Assert.Empty(_fixture.Files("*.segment"));
    }
}
