using Xunit.Abstractions;

namespace Telemetry.Events.Spool.Tests.Crash;

[Trait("Category", "Integration")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Cycles = 50;

    [Fact]
    public async Task After_a_kill_every_event_whose_commit_returned_is_there_once_and_in_order()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        long confirmed = 0;
        for (var cycle = 0; cycle < Cycles; cycle++)
            confirmed += (await KillRun.CycleAsync(random)).Confirmed;

        output.WriteLine($"{confirmed} confirmed events in {Cycles} cycles");
        Assert.True(confirmed > Cycles, "The children were killed before they wrote anything worth a test.");
    }
}
