using Telemetry.Cli.Replay;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Tests.Commands;

public sealed class SpoolReplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry-cli-replay-").FullName;
    private readonly InMemoryTransport _broker = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_left_is_sent_in_order_with_its_bytes_and_then_deleted()
    {
        var (isSettled, output) = await ReplayAsync(_broker, events: 5);

        Assert.True(isSettled);
        Assert.Contains("5 events delivered by in-memory, 0 given up, 0 left", output, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 5).Select(number => SpoolCommandTests.Event(number).Id), _broker.Delivered.Select(received => received.Id));
        Assert.Empty(Directory.GetFiles(_folder, "*.segment", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_broker_refuses_for_a_while_is_sent_again()
    {
        var script = new FaultScript().Retry("not_leader", 2).UnknownButStored().ThenDeliver();

        var (isSettled, _) = await ReplayAsync(new FaultingTransport(_broker, script), events: 3);

        Assert.True(isSettled);
        Assert.Equal(3, _broker.Delivered.Select(received => received.Id).Distinct().Count());
    }

    [Fact]
    public async Task An_event_that_is_refused_for_good_stops_the_replay_and_stays()
    {
        var script = new FaultScript().Final("msg_size_too_large").ThenDeliver();

        var (isSettled, output) = await ReplayAsync(new FaultingTransport(_broker, script), events: 3);

        Assert.False(isSettled);
        Assert.Contains("was not delivered: msg_size_too_large", output, StringComparison.Ordinal);
        Assert.Contains("3 left", output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(_folder, "*.segment", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task It_is_given_up_where_the_operator_says_so()
    {
        var script = new FaultScript().Final("msg_size_too_large").ThenDeliver();

        var (isSettled, output) = await ReplayAsync(new FaultingTransport(_broker, script), events: 3, skipRefused: true);

        Assert.True(isSettled);
        Assert.Contains("2 events delivered by ", output, StringComparison.Ordinal);
        Assert.Contains("1 given up, 0 left", output, StringComparison.Ordinal);
    }

    private async Task<(bool IsSettled, string Output)> ReplayAsync(IEventTransport transport, int events, bool skipRefused = false)
    {
        await (await SpoolCommandTests.SpoolAsync(_folder, events)).DisposeAsync();
        using var output = new StringWriter();
        await using var spool = new EventSpool(
            new Telemetry.Events.Spool.SpoolOptions { Directory = _folder }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var isSettled = await new SpoolReplay(transport, TimeProvider.System, skipRefused, output).SendAsync(spool.TakeOver(), CancellationToken.None);
        return (isSettled, output.ToString());
    }
}
