using Telemetry.Chaos.Disk;
using Telemetry.Chaos.Events;
using Telemetry.Chaos.Schedule;
using Xunit.Abstractions;

namespace Telemetry.Chaos.Tests;

[Trait("Category", "Integration")]
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_short_run_of_everything_that_goes_wrong_breaks_no_promise()
    {
        var result = new StringWriter();
        var options = new ChaosOptions
        {
            Seed = Random.Shared.Next(), Cycles = 12, Classes = ChaosTopics.Classes, Stops = 0.3, SmallDisk = SpoolDisk.CanMount, FlowRate = 200,
        };

        var held = await new ChaosRun(options, result).RunAsync();

        output.WriteLine(result.ToString());
        Assert.True(held, result.ToString());
    }

    [Fact]
    public void A_seed_replays_its_schedule()
    {
        var options = new ChaosOptions { Seed = 7, Cycles = 50, Classes = ChaosTopics.Classes, Stops = 0.3, SmallDisk = true };

        Assert.Equal(Say(options), Say(options));
        Assert.NotEqual(Say(options), Say(options with { Seed = 8 }));

        static IEnumerable<string> Say(ChaosOptions options) => ChaosSchedule.Create(options).Select(cycle => cycle.ToString());
    }
}
