using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Spooling;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Spool.Tests.Publishing;

[Trait("Category", "Integration")]
public sealed class HangingDiskTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private readonly SpoolFixture _fixture = new();
    private readonly InMemoryTransport _transport = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_call_waits_no_longer_than_told_and_the_ledger_accounts_for_what_the_disk_takes_afterwards()
    {
        var spool = new HangingSpool(_fixture.Open());
        await using var publisher = Create(spool);

        var refused = publisher.Events.Publish(new AuditSample(1));
        var awaited = await publisher.Events.PublishAsync(new AuditSample(2));
        var confirmed = await publisher.Events.ConfirmAsync(new AuditSample(3));

        Assert.Equal((RefusalReason.SpoolTimedOut, RefusalReason.SpoolTimedOut, "spool_timed_out"), (refused.Refusal, awaited.Refusal, confirmed.Reason));
        Assert.Equal((3, 3, 3), (publisher.Audit.Accepted, publisher.Audit.InFlight, publisher.Audit.Refused[RefusalReason.SpoolTimedOut]));
        spool.Release();
        var ledger = await publisher.Events.FlushAsync(SpooledPublisher.Patience);

        Assert.Equal((3, 0), (ledger[DeliveryClass.Audit].Delivered, ledger.InFlight));
        Assert.Equal([1L, 2L, 3L], _transport.Delivered.Select(received => received.Sequence()));
        Assert.True(publisher.Events.Publish(new AuditSample(4)).IsAccepted);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_spill_that_hangs_and_says_what_was_lost()
    {
        var spool = new HangingSpool(_fixture.Open());
        _transport.Pause();
        var publisher = Create(spool, options => (options.SpillAfter, options.ShutdownTimeout) = (TimeSpan.Zero, Short));
        for (var i = 0; i < 10; i++)
            publisher.Events.Publish(new UsageSample(i));

        var ledger = await publisher.StopAsync().WaitAsync(SpooledPublisher.Patience);

        Assert.Equal((10, 10), (ledger[DeliveryClass.Usage].Accepted, ledger[DeliveryClass.Usage].InFlight));
        spool.Release();
    }

    private SpooledPublisher Create(IEventSpool spool, Action<TelemetryEventsOptions>? configure = null) => new(
        _transport,
        _fixture.Directory,
        options =>
        {
            options.Audit.CommitTimeout = Short;
            configure?.Invoke(options);
        },
        register: services => services.AddSingleton(spool));
}
