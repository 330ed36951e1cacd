using FsCheck;
using FsCheck.Xunit;
using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Tests.Measuring;

public class RetryBackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(0, 0, 5)]
    [InlineData(1, 0, 10)]
    [InlineData(2, 0, 20)]
    [InlineData(2, 1, 10)]
    [InlineData(6, 0, 300)]
    [InlineData(int.MaxValue, 0, 300)]
    [InlineData(int.MaxValue, 0.5, 225)]
    public void Doubles_up_to_the_cap_less_the_random_part(int failures, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryBackoff.Delay(failures, First, Max, random));

    [Property]
    public void Stays_between_half_of_the_first_and_the_cap(int failures, byte random) =>
        Assert.InRange(RetryBackoff.Delay(failures, First, Max, random / 255.0), First / 2, Max);
}
