using Telemetry.Events.Spool.Log;

namespace Telemetry.Events.Spool.Tests.Log;

public sealed class TimeMarksTests
{
    private static readonly DateTime Start = SpoolFixture.Start;

    [Fact]
    public void The_oldest_time_is_exact_to_a_second_at_any_rate()
    {
        var slow = new TimeMarks();
        for (var position = 1; position <= 100; position++)
            slow.Add(position, Start.AddMinutes(position));
        var fast = new TimeMarks();
        for (var position = 1; position <= 10_000; position++)
            fast.Add(position, Start.AddMilliseconds(position));

        Assert.Equal(Start.AddMinutes(1), slow.Oldest(0));
        Assert.Equal(Start.AddMinutes(100), slow.Oldest(99));
        Assert.Null(slow.Oldest(100));
        Assert.InRange(fast.Oldest(5000)!.Value, Start.AddMilliseconds(4001), Start.AddMilliseconds(5001));
        Assert.Null(fast.Oldest(10_000));
    }
}
