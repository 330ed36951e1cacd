using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>The clock that is read once a tick.</summary>
public class RecentClockTests
{
    // The coarsest tick there is, and a millisecond that is cut off.
    private const int MostBehind = 17;

    [Fact]
    public void It_is_behind_by_a_tick_at_most_and_never_ahead()
    {
        var clock = new RecentClock();
        for (var i = 0; i < 100_000; i++)
        {
            var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var now = clock.Now;
            Assert.InRange(now, before - MostBehind, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }
    }

    [Fact]
    public void Refreshed_it_is_exact()
    {
        var clock = new RecentClock();
        for (var i = 0; i < 1000; i++)
        {
            var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            Assert.InRange(clock.Refresh(), before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }
    }
}
